"""Processes on machines whose clocks are apart agree on when a lease ends."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from app.actions.leases.start_task import start_task
from app.actions.leases.sweep_tasks import sweep_tasks
from app.models.engine import database_clock
from app.models.engine.database_clock import DatabaseClock
from app.wiring import open_services
from tests.actions.room import lease_of, open_room
from tests.rest.product import settings_for

HOUR_NS = 3_600 * 10**9


@pytest.mark.parametrize("apart_ns", [HOUR_NS, -HOUR_NS], ids=["ahead", "behind"])
async def test_a_process_whose_clock_is_wrong_ends_leases_when_they_end(
    postgres_url: str,
    redis_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    apart_ns: int,
) -> None:
    settings = settings_for(postgres_url, redis_url, tmp_path)
    async with open_services(settings) as services:
        room = await open_room(services)
        await room.create_task(action="message")
        monkeypatch.setattr(database_clock, "time_ns", lambda: time.time_ns() + apart_ns)
        async with DatabaseClock(services.database).running() as clock:
            elsewhere = replace(services, clock=clock)
            assert abs(elsewhere.now() - services.now()) < 60_000
            (task,) = await room.claim()
            assert await sweep_tasks(elsewhere) == 0
            await start_task(elsewhere, room.agent, lease_of(task))
            assert await sweep_tasks(elsewhere) == 0

            assert (await room.now(task)).status == "processing"


async def test_the_time_goes_on_when_the_machines_clock_is_set(
    postgres_url: str, redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_services(settings_for(postgres_url, redis_url, tmp_path)) as services:
        clock = DatabaseClock(services.database)
        await clock.synchronise()
        before = clock()
        monkeypatch.setattr(database_clock, "time_ns", lambda: 0)

        assert 0 <= clock() - before < 60_000


async def test_on_sqlite_it_is_the_machines_own_clock(
    sqlite_url: str, redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_services(settings_for(sqlite_url, redis_url, tmp_path)) as services:
        monkeypatch.setattr(database_clock, "time_ns", lambda: 1_234_000_000)

        assert services.now() == 1_234
