"""The delivery dispatcher sends what is due, even if receivers hang, and nothing ends it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from app.actions.deliveries.claim_deliveries import MOST_PER_WEBHOOK
from app.domain.webhooks.attempt_result import AttemptResult
from app.jobs import delivery_dispatcher as deliveries
from app.jobs.delivery_dispatcher import DeliveryDispatcher
from app.models.tables.webhook import Delivery
from tests.actions.room import Room
from tests.actions.webhook_receivers import attempts_at, fresh, queued, webhook_of
from tests.servers import receiver as answers
from tests.servers.receiver import Receiver
from tests.waiting import until


@asynccontextmanager
async def at_work(room: Room) -> AsyncIterator[DeliveryDispatcher]:
    """A dispatcher that runs until the test ends."""
    dispatcher = DeliveryDispatcher(room.services)
    running = asyncio.create_task(dispatcher.run())
    try:
        yield dispatcher
    finally:
        await dispatcher.stop(0)
        await running


def _is(status: str, *deliveries: Delivery) -> Callable[[], Awaitable[bool]]:
    async def look() -> bool:
        return {(await fresh(one)).status for one in deliveries} == {status}

    return look


async def test_what_is_due_goes_out_when_the_dispatcher_is_woken(
    room: Room, receiver: Receiver
) -> None:
    webhook = await webhook_of(room, url=receiver.url("/hook"))
    async with at_work(room) as dispatcher:
        deliveries = [await queued(room, webhook) for _ in range(25)]
        dispatcher.wake()
        await until(_is("delivered", *deliveries))
    sent = [request.headers["webhook-id"] for request in receiver.requests]
    assert sorted(sent) == sorted(one.id for one in deliveries)


async def test_what_is_due_goes_out_although_the_dispatcher_is_not_woken(
    room: Room, receiver: Receiver
) -> None:
    webhook = await webhook_of(room, url=receiver.url("/hook"))
    async with at_work(room):
        delivery = await queued(room, webhook)
        await until(_is("delivered", delivery), 10)


async def test_a_webhook_that_hangs_has_ten_requests_in_flight_and_delays_no_other(
    room: Room, receiver: Receiver
) -> None:
    receiver.answer("/hang", answers.hang())
    hanging = await webhook_of(room, url=receiver.url("/hang"))
    healthy = await webhook_of(room, url=receiver.url("/hook"))
    for _ in range(MOST_PER_WEBHOOK * 3):
        await queued(room, hanging)
    async with at_work(room) as dispatcher:
        await until(lambda: len(receiver.received_at("/hang")) == MOST_PER_WEBHOOK)
        deliveries = [await queued(room, healthy) for _ in range(20)]
        dispatcher.wake()
        await until(_is("delivered", *deliveries))
        assert len(receiver.received_at("/hang")) == MOST_PER_WEBHOOK


async def test_a_dispatcher_that_stops_lets_what_is_in_flight_end(
    room: Room, receiver: Receiver
) -> None:
    receiver.answer("/hook", answers.reply(204, after_seconds=0.3))
    delivery = await queued(room, await webhook_of(room, url=receiver.url("/hook")))
    async with at_work(room) as dispatcher:
        await receiver.wait_for(1)
        late = await queued(room, await webhook_of(room, url=receiver.url("/late")))
        await dispatcher.stop(within_seconds=5)
        assert (await fresh(delivery)).status == "delivered"
        assert (await fresh(late)).status == "pending"
    assert receiver.received_at("/late") == []


async def test_what_is_cut_short_is_due_again_when_the_hold_has_run_out(
    room: Room, receiver: Receiver
) -> None:
    receiver.answer("/hook", answers.hang(), answers.reply(204))
    delivery = await queued(room, await webhook_of(room, url=receiver.url("/hook")))
    async with at_work(room) as dispatcher:
        await receiver.wait_for(1)
        await dispatcher.stop(within_seconds=0)
    assert (await fresh(delivery)).status == "pending"
    room.clock.advance(seconds=60)
    async with at_work(room):
        await until(_is("delivered", delivery))
    assert len(await attempts_at(delivery)) == 1
    first, second = receiver.requests
    assert first.headers["webhook-id"] == second.headers["webhook-id"] == delivery.id
    assert first.body == second.body


async def test_a_fault_of_our_own_ends_neither_the_dispatcher_nor_the_delivery(
    room: Room, receiver: Receiver
) -> None:
    real = room.services.sender
    faults = 0

    class Faulty:
        async def send(self, url: str, body: bytes, headers: Mapping[str, str]) -> AttemptResult:
            nonlocal faults
            if faults == 0:
                faults += 1
                raise RuntimeError("a fault made up for a test")
            return await real.send(url, body, headers)

    room.services = replace(room.services, sender=Faulty())
    delivery = await queued(room, await webhook_of(room, url=receiver.url("/hook")))
    async with at_work(room) as dispatcher:
        await until(lambda: faults == 1)
        room.clock.advance(seconds=60)
        dispatcher.wake()
        await until(_is("delivered", delivery))


async def test_an_attempt_is_made_when_it_is_due_however_seldom_the_dispatcher_looks(
    room: Room, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "_SEARCH_EVERY_SECONDS", 60)
    delivery = await queued(room, await webhook_of(room, url=receiver.url("/hook")))
    soon = room.services.now() + 500
    await Delivery.filter(id=delivery.id).update(next_attempt_at=soon)
    async with at_work(room):
        await until(_is("delivered", delivery), 20)
    (attempt,) = await attempts_at(delivery)
    assert attempt.started_at >= soon
