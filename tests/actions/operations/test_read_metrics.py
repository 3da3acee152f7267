"""How long anybody waits, and what was done, as operators read it."""

from app.actions.operations.read_metrics import MetricsReader
from app.domain.times import iso_from_ms
from tests.actions.room import Room
from tests.actions.webhook_receivers import answer, answered, queued, send_due, webhook_of

MINUTE = 60.0


async def ages(reader: MetricsReader) -> tuple[int, int]:
    """Of the longest waiting task and of the longest due delivery, in whole minutes."""
    found = {one.name: one.samples[0].value for one in await reader.read()}
    task = found["zenmode_oldest_waiting_task_seconds"]
    delivery = found["zenmode_oldest_due_delivery_seconds"]
    return int(task // MINUTE), int(delivery // MINUTE)


async def test_a_task_waits_from_when_an_agent_could_have_it_until_one_has(room: Room) -> None:
    reader = MetricsReader(room.services)
    await room.create_task(scheduled_at=iso_from_ms(room.clock() + 3_600_000))
    room.clock.advance(seconds=MINUTE)
    assert await ages(reader) == (0, 0)
    await room.create_task()
    await room.create_task()
    room.clock.advance(seconds=2 * MINUTE)
    assert await ages(reader) == (2, 0)

    await room.claim(limit=10, lease_seconds=600)

    room.clock.advance(seconds=MINUTE)
    assert await ages(reader) == (0, 0)


async def test_a_delivery_waits_from_when_it_is_due_and_not_while_its_webhook_is_off(
    room: Room,
) -> None:
    answered(room, answer(204))
    reader = MetricsReader(room.services)
    webhook = await webhook_of(room)
    await queued(room, webhook)
    room.clock.advance(seconds=3 * MINUTE)
    assert await ages(reader) == (0, 3)

    webhook.enabled = False
    await webhook.save()

    room.clock.advance(seconds=MINUTE)
    assert await ages(reader) == (0, 0)


async def test_attempts_are_counted_by_what_came_of_them(room: Room) -> None:
    answered(room, answer(500), answer(204))
    await queued(room, await webhook_of(room))
    await send_due(room)
    room.clock.advance(seconds=2 * MINUTE)
    await send_due(room)

    page = (await MetricsReader(room.services).page()).decode().splitlines()
    assert 'zenmode_delivery_attempts_total{outcome="retried"} 1.0' in page
    assert 'zenmode_delivery_attempts_total{outcome="delivered"} 1.0' in page
    assert "zenmode_delivery_attempt_seconds_count 2.0" in page
