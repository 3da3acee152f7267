"""Whoever asks may leave at any moment: what was begun ends, and no connection stays behind.

ZENMODE_TEST_FAULTS=long cancels ten times as many.
"""

import asyncio
import os
import random
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from app.actions.tasks.cancel_task import cancel_task
from app.actions.tasks.read_tasks import get_task
from app.settings import load_settings
from app.wiring import open_services
from tests.actions.calls import create_task
from tests.actions.room import PROFILE, Room, open_room
from tests.waiting import until

OPERATIONS = 10_000 if os.environ.get("ZENMODE_TEST_FAULTS") == "long" else 1_000
AT_ONCE = 20
LONGEST_SECONDS = 0.02


async def create(room: Room) -> object:
    wish = {"action_type": "connect", "payload": {"profile_url": PROFILE}}
    return await create_task(room.services, room.key, wish)


async def create_and_cancel(room: Room) -> object:
    task = await room.create_task()
    return await cancel_task(room.services, room.key, task.id)


async def read(room: Room) -> object:
    return await get_task(room.services, room.key, "task_m1abc2de_x7k2p9qr")


async def claim(room: Room) -> object:
    return await room.claim(lease_seconds=10)


ASKED: list[Callable[[Room], Awaitable[object]]] = [create, create_and_cancel, read, claim]


async def leave_early(room: Room, turns: asyncio.Semaphore) -> bool:
    """Ask for something, and leave at a moment that nobody chose; whether it was too early."""
    async with turns:
        asking = asyncio.ensure_future(random.choice(ASKED)(room))
        await asyncio.wait({asking}, timeout=random.uniform(0, LONGEST_SECONDS))
        asking.cancel()
        (outcome,) = await asyncio.gather(asking, return_exceptions=True)
        assert not isinstance(outcome, Exception), outcome
        return isinstance(outcome, asyncio.CancelledError)


@pytest.mark.timeout(300)
async def test_thousands_who_leave_early_leave_nothing_behind(
    database_url: str, redis_url: str, tmp_path: Path
) -> None:
    settings = load_settings(
        {
            "ZENMODE_DATABASE_URL": database_url,
            "ZENMODE_REDIS_URL": redis_url,
            "ZENMODE_SECRET_KEY": "k" * 32,
            "ZENMODE_PACING": "off",
            "ZENMODE_DAILY_TASK_LIMIT": "1000000",
        },
        env_file=None,
        data_dir=tmp_path,
    )
    async with open_services(settings) as services:
        room = await open_room(services)
        turns = asyncio.Semaphore(AT_ONCE)
        left = await asyncio.gather(*(leave_early(room, turns) for _ in range(OPERATIONS)))
        assert sum(left) > OPERATIONS * 0.2

        def nothing_is_held() -> bool:
            pool = services.database.pool_use()
            return pool is None or pool.used == 0

        await until(nothing_is_held)
        async with asyncio.timeout(10):
            everybody = await asyncio.gather(*(create(room) for _ in range(AT_ONCE)))
    assert len(everybody) == AT_ONCE
