"""What a worker takes of the deliveries that are due."""

from app.actions.claim_deliveries import MOST_PER_WEBHOOK, claim_deliveries
from app.domain.times import MS_PER_SECOND
from app.models.webhook import Delivery, Webhook
from tests.actions.room import Room


async def _webhook(room: Room) -> Webhook:
    return await Webhook.create(
        workspace_id=room.workspace_id,
        url="https://hooks.example.com/",
        events='["task.completed"]',
        secret=room.outside.secrets.seal("whsec_c2VjcmV0"),
        created_at=room.outside.now(),
        updated_at=room.outside.now(),
    )


async def _delivery(room: Room, webhook: Webhook, name: str, *, due_in_seconds: int) -> None:
    now = room.outside.now()
    await Delivery.create(
        id=name,
        workspace_id=room.workspace_id,
        webhook_id=webhook.id,
        event="task.completed",
        body="{}",
        status="pending",
        next_attempt_at=now + due_in_seconds * MS_PER_SECOND,
        created_at=now,
        updated_at=now,
    )


async def test_due_deliveries_of_every_webhook_are_claimed_and_others_wait(room: Room) -> None:
    for number in (1, 2):
        webhook = await _webhook(room)
        await _delivery(room, webhook, f"due_{number}", due_in_seconds=-1)
        await _delivery(room, webhook, f"later_{number}", due_in_seconds=60)
    claimed = await claim_deliveries(room.outside, [])
    assert sorted(one.id for one in claimed) == ["due_1", "due_2"]


async def test_a_claimed_delivery_is_claimed_again_only_when_the_hold_has_run_out(
    room: Room,
) -> None:
    await _delivery(room, await _webhook(room), "due", due_in_seconds=-1)
    (first,) = await claim_deliveries(room.outside, [])
    assert await claim_deliveries(room.outside, []) == []
    room.clock.advance(seconds=60)
    (second,) = await claim_deliveries(room.outside, [])
    assert (second.id, second.claim_token == first.claim_token) == ("due", False)


async def test_one_webhook_gets_its_share_oldest_first(room: Room) -> None:
    webhook = await _webhook(room)
    for age in range(MOST_PER_WEBHOOK + 1):
        await _delivery(room, webhook, f"due_for_{age}_seconds", due_in_seconds=-age)
    claimed = await claim_deliveries(room.outside, [])
    assert len(claimed) == MOST_PER_WEBHOOK
    assert "due_for_0_seconds" not in {one.id for one in claimed}
