"""The attempt writer stores all outcomes, even if one of them cannot be stored."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from app.actions.deliveries.claim_deliveries import claim_deliveries
from app.actions.deliveries.send_delivery import send_delivery
from app.actions.steps.webhooks.delivery_attempt import Attempt
from app.domain.errors import Unavailable
from app.jobs.attempt_writer import AttemptWriter
from tests.actions.room import Room
from tests.actions.webhook_receivers import answer, answered, attempts_at, fresh, queued, webhook_of
from tests.waiting import until


class Away:
    """A database whose transactions fail so many times, after the commit if so wished."""

    def __init__(self, database: Any, times: int, *, after_commit: bool = False) -> None:
        self._database = database
        self._after_commit = after_commit
        self.times_left = times

    async def transaction(self, unit: Any) -> Any:
        if self.times_left:
            self.times_left -= 1
            if self._after_commit:
                await self._database.transaction(unit)
            raise Unavailable("away")
        return await self._database.transaction(unit)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._database, name)


@asynccontextmanager
async def at_work(room: Room) -> AsyncIterator[AttemptWriter]:
    """A writer that has stored everything when the block ends."""
    writer = AttemptWriter(room.services, lambda: None)
    running = asyncio.create_task(writer.run())
    yield writer
    writer.stop()
    await running


async def _attempts(room: Room, count: int) -> list[Attempt]:
    answered(room, answer(204))
    webhook = await webhook_of(room)
    for _ in range(count):
        await queued(room, webhook)
    claimed = (await claim_deliveries(room.services, [])).deliveries
    return [await send_delivery(room.services, one) for one in claimed]


async def _statuses(*attempts: Attempt) -> list[str]:
    return [(await fresh(one.delivery)).status for one in attempts]  # type: ignore[arg-type]


async def test_everything_is_written_down_before_the_writer_stops(room: Room) -> None:
    attempts = await _attempts(room, 8)
    async with at_work(room) as writer:
        for attempt in attempts:
            writer.take(attempt)
    assert await _statuses(*attempts) == ["delivered"] * 8
    assert writer.waiting_count == 0


async def test_a_database_that_is_away_is_waited_for(room: Room) -> None:
    attempts = await _attempts(room, 3)
    away = Away(room.services.database, times=1)
    room.services = replace(room.services, database=away)  # type: ignore[arg-type]
    async with at_work(room) as writer:
        for attempt in attempts:
            writer.take(attempt)
        await until(lambda: away.times_left == 0)
        assert writer.waiting_count == 3
        await until(lambda: writer.waiting_count == 0)
    assert await _statuses(*attempts) == ["delivered"] * 3


async def test_what_was_committed_although_the_response_was_lost_is_kept_once(room: Room) -> None:
    attempts = await _attempts(room, 2)
    away = Away(room.services.database, times=1, after_commit=True)
    room.services = replace(room.services, database=away)  # type: ignore[arg-type]
    async with at_work(room) as writer:
        for attempt in attempts:
            writer.take(attempt)
        await until(lambda: writer.waiting_count == 0)
    assert away.times_left == 0
    for attempt in attempts:
        delivery = await fresh(attempt.delivery)  # type: ignore[arg-type]
        assert (delivery.status, delivery.attempt_count) == ("delivered", 1)
        assert len(await attempts_at(delivery)) == 1


async def test_a_writer_that_is_to_stop_does_not_wait_for_a_database_that_stays_away(
    room: Room,
) -> None:
    attempts = await _attempts(room, 1)
    away = Away(room.services.database, times=100)
    room.services = replace(room.services, database=away)  # type: ignore[arg-type]
    async with asyncio.timeout(10), at_work(room) as writer:
        writer.take(attempts[0])
    assert writer.waiting_count == 1


async def test_an_attempt_that_cannot_be_written_takes_no_other_along(room: Room) -> None:
    attempts = await _attempts(room, 3)
    bad = replace(attempts[1], started_at=2**80)
    async with at_work(room) as writer:
        for attempt in (attempts[0], bad, attempts[2]):
            writer.take(attempt)
    assert await _statuses(*attempts) == ["delivered", "pending", "delivered"]


async def test_two_attempts_at_one_delivery_are_both_kept(room: Room) -> None:
    (first,) = await _attempts(room, 1)
    room.clock.advance(seconds=60)
    (claimed,) = (await claim_deliveries(room.services, [])).deliveries
    second = await send_delivery(room.services, claimed)
    async with at_work(room) as writer:
        writer.take(first)
        writer.take(second)
    kept = await attempts_at(await fresh(first.delivery))  # type: ignore[arg-type]
    assert [(one.number, one.started_at) for one in kept] == [
        (1, first.started_at),
        (2, second.started_at),
    ]
