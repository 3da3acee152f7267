"""What every worker looks after, again and again, whatever goes wrong at one time."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest

from app.domain.errors import Unavailable
from app.gateways.background import end
from app.jobs.schedule import purge_for_ever, sweep_for_ever
from app.models.tables.webhook import Delivery
from tests.actions.room import Room
from tests.actions.webhook_receivers import answer, answered, queued, send_due, webhook_of
from tests.waiting import until


@asynccontextmanager
async def running(job: Awaitable[None]) -> AsyncIterator[None]:
    """The job, until the test is over."""
    task = asyncio.ensure_future(job)
    try:
        yield
    finally:
        await end(task)


class OnceBroken:
    """A database that fails the first thing that is asked of it."""

    def __init__(self, database: Any, fault: Exception) -> None:
        self._database = database
        self._fault: Exception | None = fault

    def __getattr__(self, name: str) -> Any:
        fault, self._fault = self._fault, None
        if fault is not None:
            raise fault
        return getattr(self._database, name)


async def test_a_lease_that_ran_out_is_noticed(room: Room) -> None:
    task, _ = await room.held()
    room.clock.advance(seconds=120)
    async with running(sweep_for_ever(room.services)):

        async def is_pending() -> bool:
            return (await room.now(task)).status == "pending"

        await until(is_pending)


@pytest.mark.parametrize("fault", [Unavailable("away"), RuntimeError("made up for a test")])
async def test_a_look_that_failed_is_followed_by_another(room: Room, fault: Exception) -> None:
    task, _ = await room.held()
    room.clock.advance(seconds=120)
    broken: Any = OnceBroken(room.services.database, fault)
    async with running(sweep_for_ever(replace(room.services, database=broken))):

        async def is_pending() -> bool:
            return (await room.now(task)).status == "pending"

        await until(is_pending)


async def test_what_has_served_its_time_is_cleared_away(room: Room) -> None:
    answered(room, answer(204))
    webhook = await webhook_of(room)
    for _ in range(3):
        await queued(room, webhook)
    await send_due(room)
    room.clock.advance(seconds=31 * 86_400)
    async with running(purge_for_ever(room.services)):

        async def nothing_is_left() -> bool:
            return await Delivery.all().count() == 0

        await until(nothing_is_left)
