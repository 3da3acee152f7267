"""What follows from an attempt: success, another try, the end, a webhook that is switched off."""

import hmac
from dataclasses import replace
from itertools import pairwise

import pytest

from app.actions.deliveries.claim_deliveries import claim_deliveries
from app.actions.deliveries.end_attempts import end_attempts
from app.actions.deliveries.send_delivery import send_delivery
from app.actions.webhooks.rotate_webhook_secret import rotate_webhook_secret
from app.domain.times import MS_PER_DAY, MS_PER_SECOND
from app.gateways.secret_box import SealedBox
from app.models.tables.webhook import Webhook
from tests.actions.calls import update_webhook
from tests.actions.room import Room
from tests.actions.webhook_receivers import (
    SECRET,
    answer,
    answered,
    attempts_at,
    fresh,
    queued,
    send_due,
    send_now,
    send_until_final,
    webhook_of,
)

_SCHEDULE = (5, 300, 1_800, 7_200, 18_000, 36_000, 36_000)


async def test_a_success_is_final_and_its_attempt_is_kept(room: Room) -> None:
    answers = answered(room, answer(201))
    delivery = await queued(room, await webhook_of(room))
    assert await send_due(room) == 1
    now = await fresh(delivery)
    assert (now.status, now.attempt_count, now.next_attempt_at) == ("delivered", 1, None)
    assert now.delivered_at is not None
    (attempt,) = await attempts_at(delivery)
    assert (attempt.number, attempt.status_code, attempt.error) == (1, 201, None)
    (url, body, headers) = answers.sent[0]
    assert (url, body.decode()) == ("https://hooks.example.com/", delivery.body)
    assert headers["webhook-id"] == headers["X-ZenMode-Delivery"] == delivery.id
    assert headers["X-ZenMode-Attempt"] == "1"
    room.clock.advance(seconds=3_600)
    assert await send_due(room) == 0


async def test_it_is_tried_eight_times_as_the_schedule_says_and_has_then_failed(
    room: Room,
) -> None:
    answers = answered(room, answer(500), answer(None, error="connection refused"), answer(500))
    delivery = await queued(room, await webhook_of(room))
    now = await send_until_final(room, delivery)
    assert (now.status, now.attempt_count, now.next_attempt_at) == ("failed", 8, None)
    attempts = await attempts_at(delivery)
    assert [one.number for one in attempts] == list(range(1, 9))
    assert [one.error for one in attempts[:3]] == [None, "connection refused", None]
    waits = [
        (later.started_at - earlier.started_at) / MS_PER_SECOND
        for earlier, later in pairwise(attempts)
    ]
    for wait, seconds in zip(waits, _SCHEDULE, strict=True):
        assert 0.9 * seconds <= wait <= 1.1 * seconds + 5
    assert {headers["webhook-id"] for _, _, headers in answers.sent} == {delivery.id}
    assert [headers["X-ZenMode-Attempt"] for _, _, headers in answers.sent] == list("12345678")
    assert len({body for _, body, _ in answers.sent}) == 1


@pytest.mark.parametrize("status", [429, 503])
async def test_a_busy_receiver_says_when_the_next_attempt_is(room: Room, status: int) -> None:
    answered(room, answer(status, retry_after=100))
    delivery = await queued(room, await webhook_of(room))
    await send_due(room)
    due_at = (await fresh(delivery)).next_attempt_at
    assert due_at is not None
    assert due_at - room.services.now() == pytest.approx(100_000, abs=5_000)


async def test_a_receiver_that_is_gone_ends_the_delivery_and_switches_the_webhook_off(
    room: Room,
) -> None:
    answered(room, answer(410))
    webhook = await webhook_of(room)
    other = await webhook_of(room)
    delivery = await queued(room, webhook)
    await send_due(room)
    assert (await fresh(delivery)).status == "failed"
    webhook = await Webhook.get(id=webhook.id)
    assert (webhook.enabled, webhook.disabled_reason) == (False, "the receiver answered 410 Gone")
    assert (await Webhook.get(id=other.id)).enabled


async def test_a_receiver_that_is_gone_says_nothing_about_a_new_address(room: Room) -> None:
    answered(room, answer(410))
    webhook = await webhook_of(room)
    await queued(room, webhook)
    (claimed,) = (await claim_deliveries(room.services, [])).deliveries
    await update_webhook(room.services, room.key, webhook.id, {"url": "https://new.example.com/"})
    await send_now(room, claimed)
    assert (await Webhook.get(id=webhook.id)).enabled


async def test_nothing_is_made_for_a_webhook_that_is_off_and_it_goes_on_when_enabled(
    room: Room,
) -> None:
    answers = answered(room, answer(204))
    webhook = await webhook_of(room)
    pending = await queued(room, webhook)
    await update_webhook(room.services, room.key, webhook.id, {"enabled": False})
    assert await send_due(room) == 0
    webhook = await update_webhook(room.services, room.key, webhook.id, {"enabled": True})
    assert webhook.disabled_reason is None
    assert await send_due(room) == 1
    assert (await fresh(pending)).status == "delivered"
    assert len(answers.sent) == 1


async def test_five_days_of_nothing_but_failures_switch_a_webhook_off(room: Room) -> None:
    answered(room, answer(500))
    webhook = await webhook_of(room)
    for _ in range(5):
        await queued(room, webhook)
        await send_due(room)
        assert (await Webhook.get(id=webhook.id)).enabled
        room.clock.advance(seconds=86_400)
    await send_due(room)
    webhook = await Webhook.get(id=webhook.id)
    assert not webhook.enabled
    assert webhook.disabled_reason == "every attempt failed for five days"


async def test_days_without_an_attempt_are_no_days_of_failures(room: Room) -> None:
    answered(room, answer(500))
    webhook = await webhook_of(room)
    for _ in range(3):
        await send_until_final(room, await queued(room, webhook))
        assert (await Webhook.get(id=webhook.id)).enabled
        room.clock.advance(seconds=4 * 86_400)


async def test_a_new_address_begins_the_five_days_anew(room: Room) -> None:
    answered(room, answer(500))
    webhook = await webhook_of(room)
    for day in range(7):
        if day == 4:
            changed = {"url": "https://new.example.com/"}
            await update_webhook(room.services, room.key, webhook.id, changed)
        await queued(room, webhook)
        await send_due(room)
        room.clock.advance(seconds=86_400)
    assert (await Webhook.get(id=webhook.id)).enabled


async def test_the_same_address_once_more_is_no_new_one(room: Room) -> None:
    answered(room, answer(500))
    webhook = await webhook_of(room)
    await queued(room, webhook)
    await send_due(room)
    since = (await Webhook.get(id=webhook.id)).failing_since
    await update_webhook(room.services, room.key, webhook.id, {"url": webhook.url})
    assert (await Webhook.get(id=webhook.id)).failing_since == since is not None


@pytest.mark.parametrize("status", [204, 500])
async def test_what_the_old_address_answers_says_nothing_about_the_new_one(
    room: Room, status: int
) -> None:
    answered(room, answer(500 if status == 204 else 204), answer(status))
    webhook = await webhook_of(room)
    await queued(room, webhook)
    (late,) = (await claim_deliveries(room.services, [])).deliveries
    await update_webhook(room.services, room.key, webhook.id, {"url": "https://new.example.com/"})
    await queued(room, webhook)
    await send_due(room)
    before = await Webhook.get(id=webhook.id)
    await send_now(room, late)
    after = await Webhook.get(id=webhook.id)
    assert (after.failing_since is None) == (status == 500)
    assert after.failing_since == before.failing_since


async def test_what_ended_together_counts_in_the_order_of_its_end(room: Room) -> None:
    webhooks = [await webhook_of(room) for _ in range(4)]
    answers = [(500, 204), (204, 500), (204, 204), (500, 410)]
    attempts = []
    for turn in range(2):
        for webhook, statuses in zip(webhooks, answers, strict=True):
            await queued(room, webhook)
            answered(room, answer(statuses[turn]))
            (claimed,) = (await claim_deliveries(room.services, [])).deliveries
            attempts.append(await send_delivery(room.services, claimed))
            room.clock.advance(seconds=1)
    await end_attempts(room.services, attempts)
    now = [await Webhook.get(id=webhook.id) for webhook in webhooks]
    assert [one.failing_since for one in now] == [
        None,
        attempts[5].ended_at,
        None,
        attempts[3].ended_at,
    ]
    assert [one.enabled for one in now] == [True, True, True, False]


async def test_of_those_that_end_together_only_who_lost_its_hold_is_not_moved(
    room: Room,
) -> None:
    answered(room, answer(500))
    webhook = await webhook_of(room)
    lost = await queued(room, webhook)
    (slow,) = (await claim_deliveries(room.services, [])).deliveries
    room.clock.advance(seconds=60)
    await claim_deliveries(room.services, [])
    others = [await queued(room, webhook) for _ in range(3)]
    await send_now(room, slow, *(await claim_deliveries(room.services, [])).deliveries)
    assert (await fresh(lost)).attempt_count == 0
    assert [(await fresh(one)).attempt_count for one in others] == [1, 1, 1]
    assert [len(await attempts_at(one)) for one in (lost, *others)] == [1, 1, 1, 1]


async def test_one_success_begins_the_five_days_anew(room: Room) -> None:
    answered(room, answer(500), answer(204), answer(500))
    webhook = await webhook_of(room)
    for days in (4, 2, 4):
        await queued(room, webhook)
        claimed, *_ = (await claim_deliveries(room.services, [])).deliveries
        await send_now(room, claimed)
        room.clock.advance(seconds=days * 86_400)
    await queued(room, webhook)
    await send_due(room)
    assert (await Webhook.get(id=webhook.id)).enabled


async def test_who_lost_the_hold_does_not_move_the_delivery_but_its_attempt_is_kept(
    room: Room,
) -> None:
    answered(room, answer(500))
    delivery = await queued(room, await webhook_of(room))
    (slow,) = (await claim_deliveries(room.services, [])).deliveries
    room.clock.advance(seconds=60)
    (quick,) = (await claim_deliveries(room.services, [])).deliveries
    await send_now(room, slow)
    assert (await fresh(delivery)).attempt_count == 0
    answered(room, answer(204))
    await send_now(room, quick)
    assert (await fresh(delivery)).status == "delivered"
    assert [one.number for one in await attempts_at(delivery)] == [1, 2]


async def test_a_success_counts_although_the_hold_was_lost(room: Room) -> None:
    answered(room, answer(204))
    delivery = await queued(room, await webhook_of(room))
    (slow,) = (await claim_deliveries(room.services, [])).deliveries
    room.clock.advance(seconds=60)
    (quick,) = (await claim_deliveries(room.services, [])).deliveries
    await send_now(room, slow)
    answered(room, answer(500))
    await send_now(room, quick)
    now = await fresh(delivery)
    assert (now.status, now.attempt_count) == ("delivered", 1)


async def test_for_a_day_after_a_rotation_both_secrets_sign(room: Room) -> None:
    answers = answered(room, answer(204))
    webhook = await webhook_of(room)
    rotated = await rotate_webhook_secret(room.services, room.key, webhook.id)
    assert rotated.previous_secret_expires_at == pytest.approx(
        room.services.now() + MS_PER_DAY, abs=5_000
    )
    await queued(room, webhook)
    await send_due(room)
    room.clock.advance(seconds=86_400)
    await queued(room, webhook)
    await send_due(room)
    (_, body, both), (_, late_body, alone) = answers.sent
    assert both["X-ZenMode-Signature"] == _hex(rotated.secret, body)
    assert both["X-ZenMode-Signature-Previous"] == _hex(SECRET, body)
    assert both["webhook-signature"].count("v1,") == 2
    assert alone["X-ZenMode-Signature"] == _hex(rotated.secret, late_body)
    assert "X-ZenMode-Signature-Previous" not in alone
    assert alone["webhook-signature"].count("v1,") == 1


async def test_a_secret_that_cannot_be_read_any_more_is_reported_and_fixed_by_a_rotation(
    room: Room,
) -> None:
    answers = answered(room, answer(204))
    webhook = await webhook_of(room, secret=SealedBox(("a key that is gone",)).seal(SECRET))
    delivery = await queued(room, webhook)
    await send_due(room)
    (attempt,) = await attempts_at(delivery)
    assert attempt.error == "the webhook's secret cannot be read; rotate it"
    assert answers.sent == []
    rotated = await rotate_webhook_secret(room.services, room.key, webhook.id)
    assert (await send_until_final(room, delivery)).status == "delivered"
    ((_, body, headers),) = answers.sent
    assert headers["X-ZenMode-Signature"] == _hex(rotated.secret, body)
    assert "X-ZenMode-Signature-Previous" not in headers


async def test_a_change_is_published_after_every_attempt(room: Room) -> None:
    answered(room, answer(204))
    published: list[str] = []
    events = room.services.events

    class Listening:
        def delivery_changed(self, _workspace: str, _webhook: int, delivery_id: str) -> None:
            published.append(delivery_id)

        def __getattr__(self, name: str) -> object:
            return getattr(events, name)

    room.services = replace(room.services, events=Listening())  # type: ignore[arg-type]
    delivery = await queued(room, await webhook_of(room))
    await send_due(room)
    assert published == [delivery.id, delivery.id]


def _hex(secret: str, body: bytes) -> str:
    return hmac.new(secret.encode(), body, "sha256").hexdigest()
