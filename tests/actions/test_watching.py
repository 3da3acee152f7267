"""Live views: what is seen, in which order, whatever Redis does in between."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.actions.deliveries.watch_deliveries import watch_deliveries
from app.actions.leases.release_task import release_task
from app.actions.leases.start_task import start_task
from app.actions.leases.sweep_tasks import sweep_tasks
from app.actions.leases.watch_work import watch_work
from app.actions.tasks.cancel_task import cancel_task
from app.actions.tasks.watch_tasks import watch_task, watch_tasks
from app.domain.errors import NoActiveSubscription, NotFound
from app.domain.tasks.task import TaskStatus
from app.domain.tasks.task_filter import TaskFilter
from app.domain.times import iso_from_ms
from app.settings import load_settings
from app.wiring import open_services
from tests.actions.calls import complete_task, fail_task, update_linkedin_account
from tests.actions.room import Room, lease_of, open_room
from tests.servers.redis import RedisServer
from tests.waiting import until

SOON_SECONDS = 2.0


@asynccontextmanager
async def seen(source: AsyncIterator[Any]) -> AsyncIterator[list[Any]]:
    """What a live view has shown so far."""
    shown: list[Any] = []

    async def watch() -> None:
        async for one in source:
            shown.append(one)

    watcher = asyncio.create_task(watch())
    try:
        yield shown
    finally:
        watcher.cancel()
        await asyncio.gather(watcher, return_exceptions=True)


@pytest.fixture(autouse=True)
async def _connected(room: Room) -> None:
    await until(lambda: room.services.events.is_connected)


async def test_a_task_is_shown_as_it_is_then_at_every_change_to_the_end(room: Room) -> None:
    task = await room.create_task()
    statuses = []

    async def watch() -> None:
        async for shown in watch_task(room.services, room.key, task.id):
            statuses.append(shown.row.status)

    watcher = asyncio.create_task(watch())
    await until(lambda: statuses == ["pending"])
    (claimed,) = await room.claim()
    await until(lambda: statuses[-1] == "queued")
    await start_task(room.services, room.agent, lease_of(claimed))
    await until(lambda: statuses[-1] == "processing")
    await complete_task(room.services, room.agent, lease_of(claimed), None)
    await asyncio.wait_for(watcher, SOON_SECONDS)

    assert statuses == ["pending", "queued", "processing", "completed"]


async def test_a_task_of_nobody_is_not_found(room: Room) -> None:
    with pytest.raises(NotFound):
        await anext(watch_task(room.services, room.key, "task_unknown"))


async def test_people_may_watch_after_their_subscription_has_ended_and_programs_may_not(
    room: Room,
) -> None:
    task = await room.create_task()
    await cancel_task(room.services, room.key, task.id)
    person = replace(room.person, subscription_is_active=False)
    key = replace(room.key, subscription_is_active=False)

    assert [one.row.id async for one in watch_task(room.services, person, task.id)] == [task.id]
    async with seen(watch_tasks(room.services, person, TaskFilter())) as shown:
        await until(lambda: room.services.events.listener_count)  # type: ignore[attr-defined]
        other = await room.create_task()
        await until(lambda: other.id in {one.row.id for one in shown})
    for view in (
        watch_task(room.services, key, task.id),
        watch_tasks(room.services, key, TaskFilter()),
        watch_deliveries(room.services, key, None),
    ):
        with pytest.raises(NoActiveSubscription):
            await anext(view)


async def test_the_view_of_a_final_task_ends_at_once(room: Room) -> None:
    task = await room.create_task()
    await cancel_task(room.services, room.key, task.id)

    shown = [one.row.status async for one in watch_task(room.services, room.key, task.id)]

    assert shown == ["cancelled"]


async def test_updates_pass_the_filter_and_come_in_order(room: Room) -> None:
    wanted = TaskFilter(statuses=(TaskStatus.PENDING, TaskStatus.CANCELLED))
    async with seen(watch_tasks(room.services, room.key, wanted)) as shown:
        await until(lambda: room.services.events.listener_count)  # type: ignore[attr-defined]
        task = await room.create_task()
        await until(lambda: len(shown) == 1)
        await room.claim()
        await cancel_task(room.services, room.key, task.id)
        await until(lambda: len(shown) == 2)

    assert [one.row.status for one in shown] == ["pending", "cancelled"]


async def test_subscribers_are_notified_at_once_for_work_that_is_there(room: Room) -> None:
    await room.create_task()

    rung = await asyncio.wait_for(
        anext(watch_work(room.services, room.agent, [room.account_id])), SOON_SECONDS
    )

    assert rung == [room.account_id]


async def notifies(room: Room, cause: Any) -> None:
    """With no agent at work and no new task, `cause` notifies subscribers."""
    async with seen(watch_work(room.services, room.agent, [room.account_id])) as rung:
        await until(lambda: room.services.events.listener_count)  # type: ignore[attr-defined]
        before = len(rung)
        await cause()
        await until(lambda: len(rung) > before, SOON_SECONDS)


async def test_subscribers_are_notified_when_a_task_is_made(room: Room) -> None:
    await notifies(room, room.create_task)


async def test_subscribers_are_notified_when_a_tasks_time_has_come(room: Room) -> None:
    await room.create_task(scheduled_at=iso_from_ms(room.clock() + 60_000))
    room.clock.advance(seconds=61)

    await notifies(room, lambda: sweep_tasks(room.services))


async def test_subscribers_are_notified_after_a_back_off(room: Room) -> None:
    _, lease = await room.begun()
    failure = {"code": "c", "message": "m", "retryable": True}
    await fail_task(room.services, room.agent, lease, failure)
    room.clock.advance(seconds=37)

    await notifies(room, lambda: sweep_tasks(room.services))


async def test_subscribers_are_notified_when_a_lease_ran_out(room: Room) -> None:
    await room.held()
    room.clock.advance(seconds=61)

    await notifies(room, lambda: sweep_tasks(room.services))


async def test_subscribers_are_notified_when_a_lease_is_released(room: Room) -> None:
    _, lease = await room.held()

    await notifies(room, lambda: release_task(room.services, room.agent, lease))


async def test_subscribers_are_notified_when_an_account_is_resumed(room: Room) -> None:
    change = update_linkedin_account
    await change(room.services, room.person, room.account_id, {"status": "paused"})
    await room.create_task()

    await notifies(
        room, lambda: change(room.services, room.person, room.account_id, {"status": "active"})
    )


async def test_subscribers_are_notified_when_the_running_task_ends(room: Room) -> None:
    _, lease = await room.begun()
    await room.create_task()

    await notifies(room, lambda: complete_task(room.services, room.agent, lease, None))


async def test_what_happened_while_redis_was_away_is_seen_when_it_is_back(
    database_url: str, fragile_redis: RedisServer, tmp_path: Path
) -> None:
    settings = load_settings(
        {
            "ZENMODE_DATABASE_URL": database_url,
            "ZENMODE_REDIS_URL": fragile_redis.url,
            "ZENMODE_SECRET_KEY": "k" * 32,
            "ZENMODE_PACING": "off",
        },
        env_file=None,
        data_dir=tmp_path,
    )
    async with open_services(settings) as services:
        room = await open_room(services, "other@example.com")
        await until(lambda: services.events.is_connected)
        task, lease = await room.begun()
        async with seen(watch_task(room.services, room.key, task.id)) as shown:
            await until(lambda: shown)
            fragile_redis.stop()
            await until(lambda: not services.events.is_connected, 10)
            await complete_task(room.services, room.agent, lease, None)
            fragile_redis.start()
            await until(lambda: shown[-1].row.status == "completed", 10)


async def test_a_change_whose_event_was_never_sent_is_seen_all_the_same(room: Room) -> None:
    task, lease = await room.begun()

    class Silent:
        """A process that dies between the commit and the event."""

        def __getattr__(self, name: str) -> Any:
            return lambda *_: None

    dying = replace(room.services, events=Silent())  # type: ignore[arg-type]
    async with seen(watch_task(room.services, room.key, task.id)) as shown:
        await until(lambda: shown)
        await complete_task(dying, room.agent, lease, None)
        await until(lambda: shown[-1].row.status == "completed", 15)
