"""What is sent again or sooner, and what a worker that holds it has to do with it."""

import asyncio
from dataclasses import replace

from app.actions.deliveries.claim_deliveries import claim_deliveries
from app.actions.deliveries.recover_deliveries import recover_deliveries
from app.actions.deliveries.redeliver import redeliver
from app.domain.times import iso_from_ms
from app.models.tables.webhook import Delivery, Webhook
from tests.actions.room import Room
from tests.actions.webhook_receivers import (
    answer,
    answered,
    attempts_at,
    fresh,
    queued,
    send_due,
    send_now,
    webhook_of,
)

_EVER = "2020-01-01T00:00:00Z"


async def _waiting(room: Room, webhook: Webhook, count: int = 1) -> list[Delivery]:
    """Deliveries whose next attempt is minutes away."""
    answered(room, answer(500))
    memo = [await queued(room, webhook) for _ in range(count)]
    for _ in range(2):
        await send_due(room)
        room.clock.advance(seconds=10)
    assert await send_due(room) == 0
    return memo


async def test_redelivering_what_is_pending_brings_its_next_attempt_forward(room: Room) -> None:
    (delivery,) = await _waiting(room, await webhook_of(room))
    answers = answered(room, answer(204))
    same = await redeliver(room.services, room.key, delivery.id)
    assert (same.id, same.status) == (delivery.id, "pending")
    assert same.next_attempt_at is not None
    assert same.next_attempt_at <= room.services.now()
    assert await send_due(room) == 1
    assert (await fresh(delivery)).status == "delivered"
    assert [headers["webhook-id"] for _, _, headers in answers.sent] == [delivery.id]
    assert len(await room.deliveries()) == 1
    room.clock.advance(seconds=86_400)
    assert await send_due(room) == 0


async def test_however_often_it_is_asked_at_once_a_pending_delivery_stays_one(room: Room) -> None:
    (delivery,) = await _waiting(room, await webhook_of(room))
    answers = answered(room, answer(204))
    await asyncio.gather(*(redeliver(room.services, room.key, delivery.id) for _ in range(5)))
    await send_due(room)
    assert len(answers.sent) == len(await room.deliveries()) == 1


async def test_what_a_worker_is_sending_is_not_given_to_a_second_one(room: Room) -> None:
    answered(room, answer(204))
    delivery = await queued(room, await webhook_of(room))
    (held,) = (await claim_deliveries(room.services, [])).deliveries
    same = await redeliver(room.services, room.key, delivery.id)
    recovered = await recover_deliveries(room.services, room.key, held.webhook_id, _EVER)
    assert (same.id, recovered) == (delivery.id, 0)
    assert (await claim_deliveries(room.services, [])).deliveries == []
    await send_now(room, held)
    assert (await fresh(delivery)).status == "delivered"
    assert len(await attempts_at(delivery)) == 1


async def test_a_delivery_that_ends_as_it_is_redelivered_goes_out_again_or_has_its_turn_now(
    room: Room,
) -> None:
    webhook = await webhook_of(room)
    for status in (204, 500) * 4:
        answered(room, answer(status))
        delivery = await queued(room, webhook)
        (held,) = (await claim_deliveries(room.services, [])).deliveries
        again, _ = await asyncio.gather(
            redeliver(room.services, room.key, delivery.id), send_now(room, held)
        )
        now = await fresh(delivery)
        assert (again.id == delivery.id) == (now.redelivered_as is None)
        assert await Delivery.filter(webhook_id=webhook.id, claim_token__isnull=False) == []
        await Delivery.filter(webhook_id=webhook.id).delete()


async def test_recovering_brings_forward_what_waits_and_counts_it_beside_what_failed(
    room: Room,
) -> None:
    webhook = await webhook_of(room)
    answered(room, answer(410))
    gone = await queued(room, webhook)
    await send_due(room)
    await Webhook.filter(id=webhook.id).update(enabled=True)
    before = await _waiting(room, webhook)
    room.clock.advance(seconds=1)
    since = room.services.now()
    waiting = await _waiting(room, webhook, 3)
    answers = answered(room, answer(204))
    assert await recover_deliveries(room.services, room.key, webhook.id, iso_from_ms(since)) == 3
    assert await recover_deliveries(room.services, room.key, webhook.id, iso_from_ms(since)) == 0
    await send_due(room)
    assert sorted(headers["webhook-id"] for _, _, headers in answers.sent) == sorted(
        one.id for one in waiting
    )
    assert (await fresh(before[0])).status == "pending"
    assert await recover_deliveries(room.services, room.key, webhook.id, _EVER) == 2
    await send_due(room)
    assert (await fresh(before[0])).status == "delivered"
    assert (await fresh(gone)).redelivered_as is not None


async def test_recovering_many_at_once_takes_each_once_and_sends_none_twice(room: Room) -> None:
    webhook = await webhook_of(room)
    now = room.services.now()
    await Delivery.bulk_create(
        Delivery(
            id=f"dlv_{number}",
            workspace_id=room.workspace_id,
            webhook_id=webhook.id,
            event="task.completed",
            body='{"data":{}}',
            status="pending",
            attempt_count=1,
            next_attempt_at=now + 60_000 + number,
            created_at=now,
            updated_at=now,
        )
        for number in range(1_200)
    )
    counts = await asyncio.gather(
        *(recover_deliveries(room.services, room.key, webhook.id, _EVER) for _ in range(3))
    )
    assert sum(counts) == 1_200
    assert await Delivery.filter(next_attempt_at__gt=room.services.now()).count() == 0


async def test_a_worker_is_woken_for_what_is_sent_sooner(room: Room) -> None:
    rung: list[str] = []

    class Bell:
        failures = 0

        def notify(self) -> None:
            rung.append("rung")

    webhook = await webhook_of(room)
    (delivery,) = await _waiting(room, webhook)
    room.services = replace(room.services, worker_notifier=Bell())
    await redeliver(room.services, room.key, delivery.id)
    assert len(rung) == 1
    (other,) = await _waiting(room, webhook)
    rung.clear()
    assert await recover_deliveries(room.services, room.key, webhook.id, _EVER) >= 1
    assert len(rung) == 1
    assert other.id != delivery.id
