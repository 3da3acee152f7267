"""What a worker takes of the deliveries that are due."""

import asyncio

from app.actions.deliveries.claim_deliveries import (
    MOST_PER_WEBHOOK,
    MOST_PER_WORKER,
    MOST_PER_WORKSPACE,
    SURE_PER_WORKSPACE,
    claim_deliveries,
)
from app.domain.times import MS_PER_SECOND
from app.domain.webhooks.webhook import MAX_WEBHOOKS
from app.models.tables.webhook import Delivery, Webhook
from app.models.webhooks.delivery_claim_queries import ClaimedDelivery
from tests.actions.room import Room


async def _webhook(room: Room) -> Webhook:
    return await Webhook.create(
        workspace_id=room.workspace_id,
        url="https://hooks.example.com/",
        events='["task.completed"]',
        secret=room.services.secrets.seal("whsec_c2VjcmV0"),
        created_at=room.services.now(),
        updated_at=room.services.now(),
    )


async def _delivery(room: Room, webhook: Webhook, name: str, *, due_in_seconds: int) -> None:
    now = room.services.now()
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
    claimed = (await claim_deliveries(room.services, [])).deliveries
    assert sorted(one.id for one in claimed) == ["due_1", "due_2"]


async def test_a_claimed_delivery_is_claimed_again_only_when_the_hold_has_run_out(
    room: Room,
) -> None:
    await _delivery(room, await _webhook(room), "due", due_in_seconds=-1)
    (first,) = (await claim_deliveries(room.services, [])).deliveries
    assert (await claim_deliveries(room.services, [])).deliveries == []
    room.clock.advance(seconds=60)
    (second,) = (await claim_deliveries(room.services, [])).deliveries
    assert (second.id, second.claim_token == first.claim_token) == ("due", False)


async def test_one_webhook_gets_its_share_oldest_first(room: Room) -> None:
    webhook = await _webhook(room)
    for age in range(MOST_PER_WEBHOOK + 1):
        await _delivery(room, webhook, f"due_for_{age}_seconds", due_in_seconds=-age)
    claimed = (await claim_deliveries(room.services, [])).deliveries
    assert len(claimed) == MOST_PER_WEBHOOK
    assert "due_for_0_seconds" not in {one.id for one in claimed}


async def test_however_many_webhooks_hang_there_is_room_for_others(room: Room) -> None:
    in_flight = [
        ClaimedDelivery(
            seq=number,
            id=f"dlv_{number}",
            workspace_id=f"ws_{number // MOST_PER_WORKSPACE}",
            webhook_id=1_000 + number // MOST_PER_WEBHOOK,
            event="task.completed",
            body="{}",
            attempt_count=0,
            created_at=0,
            claim_token="token",
            url="https://hooks.example.com/",
            secret="",
            previous_secret=None,
            previous_secret_expires_at=None,
        )
        for number in range(MOST_PER_WORKER)
    ]
    for number in (1, 2):
        webhook = await _webhook(room)
        for which in "ab":
            await _delivery(room, webhook, f"{which}_{number}", due_in_seconds=-1)
    claimed = (await claim_deliveries(room.services, in_flight)).deliveries
    assert len({one.webhook_id for one in claimed}) == len(claimed) == 2


async def test_forty_workspaces_whose_webhooks_all_hang_do_not_delay_another(room: Room) -> None:
    now = room.services.now()
    await Webhook.bulk_create(
        Webhook(
            id=1_000 + number,
            workspace_id=f"ws_{number // MAX_WEBHOOKS}",
            url="https://hooks.example.com/",
            events="[]",
            secret="",
            created_at=now,
            updated_at=now,
        )
        for number in range(40 * MAX_WEBHOOKS)
    )
    await Delivery.bulk_create(
        Delivery(
            id=f"dlv_{number}_{which}",
            workspace_id=f"ws_{number // MAX_WEBHOOKS}",
            webhook_id=1_000 + number,
            event="task.completed",
            body="{}",
            status="pending",
            next_attempt_at=now - 1,
            created_at=now,
            updated_at=now,
        )
        for number in range(40 * MAX_WEBHOOKS)
        for which in range(2)
    )
    in_flight: list[ClaimedDelivery] = []
    while more := (await claim_deliveries(room.services, in_flight)).deliveries:
        in_flight += more
    assert len({one.workspace_id for one in in_flight}) == 40
    honest = await _webhook(room)
    for which in range(3):
        await _delivery(room, honest, f"honest_{which}", due_in_seconds=-1)
    claimed = (await claim_deliveries(room.services, in_flight)).deliveries
    assert {one.workspace_id for one in claimed} == {room.workspace_id}
    assert len(claimed) == SURE_PER_WORKSPACE


async def test_webhooks_that_hang_do_not_delay_another_of_their_own_workspace(room: Room) -> None:
    for number in range(5):
        hanging = await _webhook(room)
        for which in range(MOST_PER_WEBHOOK):
            await _delivery(room, hanging, f"{number}_{which}", due_in_seconds=-1)
    in_flight = (await claim_deliveries(room.services, [])).deliveries
    assert len(in_flight) == MOST_PER_WORKSPACE
    await _delivery(room, await _webhook(room), "other", due_in_seconds=-1)
    claimed = (await claim_deliveries(room.services, in_flight)).deliveries
    assert [one.id for one in claimed] == ["other"]


async def test_a_worker_knows_when_the_next_one_is_due(room: Room) -> None:
    assert (await claim_deliveries(room.services, [])).search_at is None
    webhook, other = await _webhook(room), await _webhook(room)
    await _delivery(room, webhook, "far", due_in_seconds=60)
    assert (await claim_deliveries(room.services, [])).search_at is None
    await _delivery(room, webhook, "soon", due_in_seconds=2)
    await _delivery(room, other, "sooner", due_in_seconds=1)
    claimed = await claim_deliveries(room.services, [])
    assert (claimed.deliveries, claimed.search_at) == (
        [],
        (await Delivery.get(id="sooner")).next_attempt_at,
    )
    room.clock.advance(seconds=1)
    claimed = await claim_deliveries(room.services, [])
    assert [one.id for one in claimed.deliveries] == ["sooner"]
    assert claimed.search_at == (await Delivery.get(id="soon")).next_attempt_at


async def test_a_webhook_whose_share_is_in_flight_gets_nothing_more(room: Room) -> None:
    webhook = await _webhook(room)
    for age in range(MOST_PER_WEBHOOK + 1):
        await _delivery(room, webhook, f"due_for_{age}_seconds", due_in_seconds=-age)
    in_flight = (await claim_deliveries(room.services, [])).deliveries
    assert (await claim_deliveries(room.services, in_flight)).deliveries == []
    (last,) = (await claim_deliveries(room.services, in_flight[1:])).deliveries
    assert last.id == "due_for_0_seconds"


async def test_two_workers_never_hold_the_same_delivery(room: Room) -> None:
    for number in range(5):
        webhook = await _webhook(room)
        for which in range(8):
            await _delivery(room, webhook, f"{number}_{which}", due_in_seconds=-1)
    claims = await asyncio.gather(*(claim_deliveries(room.services, []) for _ in range(6)))
    ids = [one.id for claimed in claims for one in claimed.deliveries]
    assert len(ids) == len(set(ids)) == 40
