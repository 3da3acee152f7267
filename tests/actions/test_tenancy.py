"""What an agent or a subscriber of another workspace gets with our ids: nothing."""

import asyncio

import pytest

from app.actions.leases.release_task import release_task
from app.actions.leases.start_task import start_task
from app.actions.leases.watch_work import watch_work
from app.actions.tasks.watch_tasks import watch_task, watch_tasks
from app.domain.errors import NotFound
from app.domain.tasks.task_filter import TaskFilter
from tests.actions.calls import complete_task, fail_task, renew_leases
from tests.actions.room import Room, open_room
from tests.waiting import until

FAILURE = {"code": "c", "message": "m", "retryable": True}


@pytest.fixture
async def stranger(room: Room) -> Room:
    """Another workspace of the same product."""
    return await open_room(room.services, "stranger@example.com")


async def test_an_agent_claims_nothing_for_another_workspaces_accounts(
    room: Room, stranger: Room
) -> None:
    task = await room.create_task()
    stranger.account_id = room.account_id

    assert await stranger.claim(limit=50) == []
    assert (await room.now(task)).status == "pending"


async def test_a_stolen_lease_opens_nothing(room: Room, stranger: Room) -> None:
    task, lease = await room.held()
    before = await room.now(task)

    for refused in (
        start_task(stranger.services, stranger.agent, lease),
        complete_task(stranger.services, stranger.agent, lease, None),
        fail_task(stranger.services, stranger.agent, lease, FAILURE),
        release_task(stranger.services, stranger.agent, lease),
    ):
        with pytest.raises(NotFound):
            await refused
    renewal = await renew_leases(stranger.services, stranger.agent, [lease], 60)

    assert renewal.lost == [task.id]
    assert await room.now(task) == before


async def test_live_views_show_nothing_of_another_workspace(room: Room, stranger: Room) -> None:
    task = await room.create_task()
    with pytest.raises(NotFound):
        await anext(watch_task(stranger.services, stranger.key, task.id))
    shown: list[object] = []

    async def watch(source: object) -> None:
        async for one in source:  # type: ignore[attr-defined]
            shown.append(one)

    watchers = [
        asyncio.create_task(watch(watch_tasks(stranger.services, stranger.key, TaskFilter()))),
        asyncio.create_task(
            watch(watch_work(stranger.services, stranger.agent, [room.account_id]))
        ),
    ]
    await until(lambda: room.services.events.listener_count == 2)  # type: ignore[attr-defined]
    await room.create_task()
    own = await stranger.create_task()
    await until(lambda: shown)
    for watcher in watchers:
        watcher.cancel()
    await asyncio.gather(*watchers, return_exceptions=True)

    assert [one.row.id for one in shown] == [own.id]  # type: ignore[attr-defined]
