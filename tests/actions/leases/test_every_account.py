"""An agent that names no account serves all of the workspace's."""

import asyncio
from dataclasses import replace

import pytest

from app.actions.leases.sweep_tasks import sweep_tasks
from app.actions.leases.watch_work import watch_work
from app.actions.linkedin_accounts.disconnect_linkedin_account import disconnect_linkedin_account
from app.domain.times import iso_from_ms
from app.models.tasks.task_rows import TaskRow
from tests.actions.calls import claim_tasks, connect_linkedin_account, update_linkedin_account
from tests.actions.room import Room, open_room
from tests.actions.test_watching import SOON_SECONDS, seen
from tests.waiting import until


@pytest.fixture(autouse=True)
async def _connected(room: Room) -> None:
    await until(lambda: room.services.events.is_connected)


async def _second_account(room: Room) -> str:
    raw = {"name": "Joe", "profile_url": "https://www.linkedin.com/in/joe"}
    return (await connect_linkedin_account(room.services, room.person, raw)).id


async def _claim_any(room: Room, limit: int = 10, **of: list[str]) -> list[TaskRow]:
    ids = of.get("account_ids", [])
    return await claim_tasks(
        room.services, room.agent, account_ids=ids, limit=limit, lease_seconds=60
    )


async def test_a_claim_without_accounts_takes_from_all_of_them(room: Room) -> None:
    second = await _second_account(room)
    first_task = await room.create_task(priority=1)
    second_task = await room.create_task(priority=5, linkedin_account_id=second)

    claimed = await _claim_any(room)

    assert [task.id for task in claimed] == [second_task.id, first_task.id]


async def test_a_claim_without_accounts_takes_from_one_connected_later(room: Room) -> None:
    assert await _claim_any(room) == []
    later = await _second_account(room)
    task = await room.create_task(linkedin_account_id=later)

    assert [one.id for one in await _claim_any(room)] == [task.id]


async def test_a_claim_without_accounts_in_a_workspace_without_any_is_empty(room: Room) -> None:
    await disconnect_linkedin_account(room.services, room.person, room.account_id)

    assert await _claim_any(room) == []


async def test_a_claim_without_accounts_passes_over_paused_and_busy_ones(room: Room) -> None:
    await room.begun()
    await room.create_task()
    second = await _second_account(room)
    await room.create_task(linkedin_account_id=second)
    await update_linkedin_account(room.services, room.person, second, {"status": "paused"})

    assert await _claim_any(room) == []


async def test_a_claim_without_accounts_never_takes_another_workspaces_task(room: Room) -> None:
    stranger = await open_room(room.services, "stranger@example.com")
    await stranger.create_task()

    assert await _claim_any(room) == []


async def test_a_claim_of_ids_that_none_can_have_is_not_one_of_every_account(room: Room) -> None:
    await room.create_task()

    assert await _claim_any(room, account_ids=["\0", "x" * 10_000]) == []


async def test_a_claim_without_accounts_finds_leases_that_ran_out_and_what_is_due(
    room: Room,
) -> None:
    held, _ = await room.held()
    second = await _second_account(room)
    due_at = iso_from_ms(room.clock() + 60_000)
    due = await room.create_task(linkedin_account_id=second, scheduled_at=due_at)
    room.clock.advance(seconds=61)

    assert {task.id for task in await _claim_any(room)} == {held.id, due.id}


async def test_agents_that_name_no_account_never_get_the_same_task(room: Room) -> None:
    ids = {(await room.create_task()).id for _ in range(6)}
    other = replace(room, agent=await room.another_agent())

    claims = await asyncio.gather(*(_claim_any(one, limit=1) for one in (room, other) * 5))

    claimed = [task.id for claim in claims for task in claim]
    assert (len(claimed), set(claimed)) == (6, ids)


async def test_a_subscription_without_accounts_notifies_at_once_for_work_of_any(room: Room) -> None:
    second = await _second_account(room)
    await room.create_task()
    await room.create_task(linkedin_account_id=second)

    rung = await asyncio.wait_for(anext(watch_work(room.services, room.agent, [])), SOON_SECONDS)

    assert rung == sorted([room.account_id, second])


async def test_a_subscription_without_accounts_notifies_for_one_connected_later(room: Room) -> None:
    async with seen(watch_work(room.services, room.agent, [])) as rung:
        await until(lambda: room.services.events.listener_count)  # type: ignore[attr-defined]
        later = await _second_account(room)
        await room.create_task(linkedin_account_id=later)
        await until(lambda: [later] in rung, SOON_SECONDS)


async def test_a_subscription_without_accounts_notifies_when_a_tasks_time_has_come(
    room: Room,
) -> None:
    await room.create_task(scheduled_at=iso_from_ms(room.clock() + 60_000))
    async with seen(watch_work(room.services, room.agent, [])) as rung:
        await until(lambda: room.services.events.listener_count)  # type: ignore[attr-defined]
        room.clock.advance(seconds=61)
        await sweep_tasks(room.services)
        await until(lambda: [room.account_id] in rung, SOON_SECONDS)


async def test_a_subscription_without_accounts_ignores_another_workspace(room: Room) -> None:
    stranger = await open_room(room.services, "stranger@example.com")
    async with seen(watch_work(room.services, room.agent, [])) as rung:
        await until(lambda: room.services.events.listener_count)  # type: ignore[attr-defined]
        await stranger.create_task()
        await room.create_task()
        await until(lambda: rung, SOON_SECONDS)

    assert rung[0] == [room.account_id]
