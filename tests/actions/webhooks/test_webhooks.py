"""Webhooks and what they are owed: made, changed, sent again, given up, and cleared away."""

import asyncio
import json

import pytest

from app.actions.deliveries.recover_deliveries import recover_deliveries
from app.actions.deliveries.redeliver import redeliver
from app.actions.operations.purge import purge
from app.actions.webhooks.delete_webhook import delete_webhook
from app.actions.webhooks.read_webhooks import DeliveryCounts, recent_deliveries
from app.actions.webhooks.rotate_webhook_secret import rotate_webhook_secret
from app.actions.webhooks.send_test_event import send_test_event
from app.domain.errors import BadInput, Conflict, Forbidden, NotFound
from app.domain.times import iso_from_ms
from app.domain.webhooks.webhook import MAX_WEBHOOKS, WebhookEvent
from app.models.tables.webhook import Delivery, DeliveryAttempt, Webhook
from tests.actions.calls import create_webhook, update_webhook
from tests.actions.room import Room, open_room
from tests.actions.webhook_receivers import (
    answer,
    answered,
    attempts_at,
    fresh,
    queued,
    send_due,
    send_until_final,
    webhook_of,
)

# A literal address asks no name server; nothing is ever sent there.
_ORDER = {"url": "https://8.8.8.8/hook", "events": ["task.completed"]}


async def _failed(room: Room, webhook: Webhook) -> Delivery:
    answered(room, answer(500))
    return await send_until_final(room, await queued(room, webhook))


async def test_a_secret_is_shown_once_and_stored_encrypted(room: Room) -> None:
    memo = await create_webhook(room.services, room.key, _ORDER)
    row = await Webhook.get(id=memo.webhook.id)
    assert memo.secret.startswith("whsec_")
    assert memo.secret not in row.secret
    assert room.services.secrets.open(row.secret) == memo.secret


async def test_the_twenty_first_webhook_is_refused_even_when_many_come_at_once(room: Room) -> None:
    for _ in range(MAX_WEBHOOKS - 2):
        await webhook_of(room)
    memo = await asyncio.gather(
        *(create_webhook(room.services, room.key, _ORDER) for _ in range(6)),
        return_exceptions=True,
    )
    assert sum(isinstance(one, BadInput) for one in memo) == 4
    assert await Webhook.all().count() == MAX_WEBHOOKS


@pytest.mark.parametrize(
    "url", ["https://127.0.0.1/", "https://2130706433:8443/", "https://[::ffff:10.0.0.1]/"]
)
async def test_an_address_inside_a_private_network_is_neither_made_nor_changed_to(
    room: Room, url: str
) -> None:
    webhook = await webhook_of(room)
    for refused in (
        create_webhook(room.services, room.key, {**_ORDER, "url": url}),
        update_webhook(room.services, room.key, webhook.id, {"url": url}),
    ):
        with pytest.raises(BadInput) as raised:
            await refused
        (detail,) = raised.value.details
        assert (detail.path, detail.message) == (("url",), "must be a public address")
    assert [one.url for one in await Webhook.all()] == [webhook.url]


async def test_another_workspaces_webhooks_and_deliveries_are_not_there(room: Room) -> None:
    stranger = await open_room(room.services, "stranger@example.com")
    webhook = await webhook_of(room)
    delivery = await queued(room, webhook)
    for refused in (
        update_webhook(room.services, stranger.key, webhook.id, {"enabled": False}),
        delete_webhook(room.services, stranger.key, webhook.id),
        rotate_webhook_secret(room.services, stranger.key, webhook.id),
        send_test_event(room.services, stranger.key, webhook.id, WebhookEvent.TASK_COMPLETED),
        redeliver(room.services, stranger.key, delivery.id),
        recover_deliveries(room.services, stranger.key, webhook.id, "2026-01-01T00:00:00Z"),
    ):
        with pytest.raises(NotFound):
            await refused
    assert (await Webhook.get(id=webhook.id)).enabled
    assert len(await room.deliveries()) == 1


async def test_an_agent_has_nothing_to_do_with_webhooks(room: Room) -> None:
    with pytest.raises(Forbidden):
        await create_webhook(room.services, room.agent, _ORDER)
    assert await Webhook.all().count() == 0


@pytest.mark.parametrize("event", list(WebhookEvent))
async def test_a_test_event_is_a_real_one_with_marked_data(room: Room, event: WebhookEvent) -> None:
    webhook = await webhook_of(room)
    delivery = await send_test_event(room.services, room.key, webhook.id, event)
    body = json.loads(delivery.body)
    assert list(body) == ["event", "data", "timestamp"]
    assert body["event"] == event.value
    assert list(body["data"]) == [
        "task_id", "action_type", "status", "result", "linkedin_account_id", "test",
    ]  # fmt: skip
    assert body["data"]["test"] is True


async def test_the_last_days_deliveries_are_counted_by_how_they_fared(room: Room) -> None:
    webhook, other = await webhook_of(room), await webhook_of(room)
    await queued(room, webhook)
    answered(room, answer(204))
    await send_due(room)
    room.clock.advance(seconds=86_401)
    await queued(room, webhook)
    await send_due(room)
    await queued(room, other)
    await queued(room, webhook)
    assert await recent_deliveries(room.services, webhook.id) == DeliveryCounts(1, 0, 1)
    answered(room, answer(410))
    await send_due(room)
    assert await recent_deliveries(room.services, webhook.id) == DeliveryCounts(1, 1, 0)


async def test_redelivering_sends_the_same_bytes_as_a_new_delivery(room: Room) -> None:
    delivery = await _failed(room, await webhook_of(room))
    answers = answered(room, answer(204))
    again = await redeliver(room.services, room.key, delivery.id)
    await send_due(room)
    assert again.id != delivery.id
    assert (await fresh(again)).status == "delivered"
    assert (await fresh(delivery)).status == "failed"
    ((_, body, headers),) = answers.sent
    assert (body.decode(), headers["webhook-id"]) == (delivery.body, again.id)


async def test_recovering_sends_all_that_failed_since_then_once(room: Room) -> None:
    webhook = await webhook_of(room)
    old = await _failed(room, webhook)
    room.clock.advance(seconds=60)
    since = iso_from_ms(room.services.now())
    failed = [await _failed(room, webhook) for _ in range(3)]
    answers = answered(room, answer(204))
    counts = await asyncio.gather(
        *(recover_deliveries(room.services, room.key, webhook.id, since) for _ in range(3))
    )
    assert sum(counts) == 3
    await send_due(room)
    assert sorted(body.decode() for _, body, _ in answers.sent) == sorted(
        one.body for one in failed
    )
    assert (await fresh(old)).redelivered_as is None


async def test_what_was_made_before_and_failed_since_is_recovered_too(room: Room) -> None:
    webhook = await webhook_of(room)
    delivery = await queued(room, webhook)
    answered(room, answer(500))
    await send_due(room)
    room.clock.advance(seconds=1)
    since = iso_from_ms(room.services.now())
    room.clock.advance(seconds=1)
    await send_until_final(room, delivery)
    assert await recover_deliveries(room.services, room.key, webhook.id, since) == 1


async def test_nothing_is_sent_again_through_a_webhook_that_is_off(room: Room) -> None:
    webhook = await webhook_of(room)
    delivery = await _failed(room, webhook)
    await update_webhook(room.services, room.key, webhook.id, {"enabled": False})
    for refused in (
        redeliver(room.services, room.key, delivery.id),
        recover_deliveries(room.services, room.key, webhook.id, "2026-01-01T00:00:00Z"),
        send_test_event(room.services, room.key, webhook.id, WebhookEvent.TASK_FAILED),
    ):
        with pytest.raises(Conflict):
            await refused
    assert len(await room.deliveries()) == 1


@pytest.mark.parametrize("since", ["yesterday", "2026-01-01", "2026-01-01T00:00:00", ""])
async def test_recovering_wants_a_time_with_its_offset(room: Room, since: str) -> None:
    webhook = await webhook_of(room)
    with pytest.raises(BadInput):
        await recover_deliveries(room.services, room.key, webhook.id, since)


async def test_of_two_rotations_at_once_the_second_keeps_the_firsts_secret(room: Room) -> None:
    webhook = await webhook_of(room)
    rotated = await asyncio.gather(
        *(rotate_webhook_secret(room.services, room.key, webhook.id) for _ in range(2))
    )
    row = await Webhook.get(id=webhook.id)
    assert row.previous_secret is not None
    opened = {room.services.secrets.open(one) for one in (row.secret, row.previous_secret)}
    assert opened == {one.secret for one in rotated}


async def test_deleting_gives_up_what_is_pending_and_keeps_the_log(room: Room) -> None:
    webhook = await webhook_of(room)
    failed = await _failed(room, webhook)
    pending = await queued(room, webhook)
    await delete_webhook(room.services, room.key, webhook.id)
    now = await fresh(pending)
    assert (now.status, now.failure_reason) == ("failed", "webhook deleted")
    assert len(await attempts_at(failed)) == 8
    assert await send_due(room) == 0
    with pytest.raises(NotFound):
        await delete_webhook(room.services, room.key, webhook.id)


async def test_after_thirty_days_final_deliveries_go_with_their_attempts(room: Room) -> None:
    webhook = await webhook_of(room)
    answered(room, answer(204))
    await queued(room, webhook)
    await send_due(room)
    await update_webhook(room.services, room.key, webhook.id, {"enabled": True})
    pending = await queued(room, webhook)
    room.clock.advance(seconds=30 * 86_400 - 60)
    await purge(room.services)
    assert await Delivery.all().count() == 2
    room.clock.advance(seconds=120)
    assert await purge(room.services) >= 1
    assert [one.id for one in await Delivery.all()] == [pending.id]
    assert await DeliveryAttempt.all().count() == 0


async def test_what_was_queued_as_its_webhook_was_deleted_is_given_up(room: Room) -> None:
    webhook = await webhook_of(room)
    delivery = await queued(room, webhook)
    await Webhook.filter(id=webhook.id).delete()
    await purge(room.services)
    now = await fresh(delivery)
    assert (now.status, now.failure_reason) == ("failed", "webhook deleted")
