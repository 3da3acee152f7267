"""How webhooks and deliveries say that they fare, from the first attempt on."""

import asyncio

import pytest

from app.actions.deliveries.claim_deliveries import claim_deliveries
from app.actions.deliveries.end_attempts import end_attempts
from app.actions.deliveries.send_delivery import send_delivery
from app.domain.webhooks.webhook_health import WebhookHealth
from app.models.tables.webhook import Webhook
from tests.actions.calls import update_webhook
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


async def _health(webhook: Webhook) -> WebhookHealth:
    return (await Webhook.get(id=webhook.id)).health


async def test_a_pending_delivery_says_why_its_last_attempt_failed(room: Room) -> None:
    answered(room, answer(None, error="connection refused"), answer(503), answer(204))
    delivery = await queued(room, await webhook_of(room))
    said = []
    for _ in range(3):
        await send_due(room)
        now = await fresh(delivery)
        said.append((now.status, now.last_error, now.last_status_code))
        room.clock.advance(seconds=400)
    assert said == [
        ("pending", "connection refused", None),
        ("pending", "the receiver answered 503", 503),
        ("delivered", None, 204),
    ]


async def test_a_webhook_is_failing_from_its_first_failed_attempt_on(room: Room) -> None:
    answered(room, answer(None, error="connection refused"), answer(500), answer(204))
    webhook = await webhook_of(room)
    assert await _health(webhook) == WebhookHealth()
    delivery = await queued(room, webhook)
    await send_due(room)
    (first,) = await attempts_at(delivery)
    assert await _health(webhook) == WebhookHealth(
        first.started_at, "connection refused", 1, first.started_at
    )
    room.clock.advance(seconds=10)
    await send_due(room)
    _, second = await attempts_at(delivery)
    assert await _health(webhook) == WebhookHealth(
        second.started_at, "the receiver answered 500", 2, first.started_at
    )
    room.clock.advance(seconds=400)
    await send_due(room)
    *_, third = await attempts_at(delivery)
    assert await _health(webhook) == WebhookHealth(third.started_at)


async def test_what_ends_together_is_noted_at_each_webhook_of_its_own(room: Room) -> None:
    statuses = [204, 500, 410, 204]
    webhooks, attempts = [], []
    for status in statuses:
        webhooks.append(await webhook_of(room))
        await queued(room, webhooks[-1])
        answered(room, answer(status))
        (claimed,) = (await claim_deliveries(room.services, [])).deliveries
        attempts.append(await send_delivery(room.services, claimed))
    await end_attempts(room.services, attempts)
    assert [(await _health(one)).last_error for one in webhooks] == [
        None,
        "the receiver answered 500",
        "the receiver answered 410",
        None,
    ]


async def test_workers_that_write_at_once_lose_no_failure(room: Room) -> None:
    answered(room, answer(500))
    webhook = await webhook_of(room)
    for _ in range(8):
        await queued(room, webhook)
    claimed = (await claim_deliveries(room.services, [])).deliveries
    await asyncio.gather(*(send_now(room, one) for one in claimed))
    assert (await _health(webhook)).failures_in_a_row == 8


async def test_a_new_address_was_not_tried_yet(room: Room) -> None:
    answered(room, answer(500))
    webhook = await webhook_of(room)
    await queued(room, webhook)
    await send_due(room)
    await update_webhook(room.services, room.key, webhook.id, {"url": "https://8.8.8.8/new"})
    assert await _health(webhook) == WebhookHealth()


@pytest.mark.parametrize("change", [{"enabled": False}, {"enabled": True}])
async def test_switching_it_tells_nothing_new_of_its_attempts(
    room: Room, change: dict[str, object]
) -> None:
    answered(room, answer(500))
    webhook = await webhook_of(room)
    await queued(room, webhook)
    await send_due(room)
    before = await _health(webhook)
    await update_webhook(room.services, room.key, webhook.id, change)
    assert await _health(webhook) == before
