"""Retrying a failed task: once, knowingly, and only where it can run."""

import asyncio

import pytest

from app.actions.leases.start_task import start_task
from app.actions.leases.sweep_tasks import sweep_tasks
from app.actions.linkedin_accounts.disconnect_linkedin_account import disconnect_linkedin_account
from app.actions.tasks.cancel_task import cancel_task
from app.actions.tasks.read_tasks import actions_on, page_of_tasks, retries_of
from app.actions.tasks.retry_task import retry_task
from app.domain.errors import BadInput, Conflict
from app.domain.tasks.task import TaskAction
from app.domain.tasks.task_filter import TaskFilter
from app.models.tasks.task_rows import TaskRow
from tests.actions.calls import complete_task, connect_linkedin_account, fail_task
from tests.actions.room import Room, lease_of

FAILURE = {"code": "c", "message": "m", "retryable": False}


async def failed(room: Room, task: TaskRow | None = None) -> TaskRow:
    """This task, or a new one, after it has failed."""
    wanted = task or await room.create_task()
    (claimed,) = [one for one in await room.claim(limit=50) if one.id == wanted.id]
    await start_task(room.services, room.agent, lease_of(claimed))
    return await fail_task(room.services, room.agent, lease_of(claimed), FAILURE)


async def lost_message(room: Room) -> TaskRow:
    """A message whose agent vanished while it sent it."""
    task, _ = await room.begun(action="message")
    room.clock.advance(seconds=61)
    await sweep_tasks(room.services)
    return await room.now(task)


async def retry(room: Room, task: TaskRow, *, confirm_unknown: bool = False) -> TaskRow:
    return await retry_task(room.services, room.person, task.id, confirm_unknown=confirm_unknown)


async def offered(room: Room, task: TaskRow) -> list[TaskAction]:
    now = await room.now(task)
    return (await actions_on(room.services, room.person, [now]))[task.id]


async def number_of_tasks(room: Room) -> int:
    page = await page_of_tasks(room.services, room.key, TaskFilter(), first=100)
    return len(page.tasks)


async def test_what_may_have_been_done_is_retried_only_when_that_is_confirmed(room: Room) -> None:
    task = await lost_message(room)

    with pytest.raises(Conflict, match="confirmUnknown"):
        await retry(room, task)
    assert await number_of_tasks(room) == 1

    assert (await retry(room, task, confirm_unknown=True)).retry_of == task.id


async def test_a_failure_that_the_agent_calls_unknown_asks_for_the_same(room: Room) -> None:
    _, lease = await room.begun()
    unknown = {**FAILURE, "code": "outcome_unknown"}
    task = await fail_task(room.services, room.agent, lease, unknown)

    with pytest.raises(Conflict, match="confirmUnknown"):
        await retry(room, task)


async def test_confirming_changes_nothing_for_what_is_known(room: Room) -> None:
    task = await failed(room)

    assert (await retry(room, task, confirm_unknown=True)).retry_of == task.id


async def test_a_double_click_makes_one_retry(room: Room) -> None:
    task = await failed(room)

    outcomes = await asyncio.gather(*(retry(room, task) for _ in range(10)), return_exceptions=True)

    memo = [one for one in outcomes if isinstance(one, TaskRow)]
    refused = [one for one in outcomes if isinstance(one, Conflict)]
    assert (len(memo), len(refused)) == (1, 9)
    assert {one.related_ids["task_id"] for one in refused} == {memo[0].id}
    assert await number_of_tasks(room) == 2


async def test_a_retry_that_waits_runs_or_is_done_stands_in_the_way(room: Room) -> None:
    task = await failed(room)
    again = await retry(room, task)

    for step in ("pending", "processing", "completed"):
        if step == "processing":
            (claimed,) = await room.claim()
            await start_task(room.services, room.agent, lease_of(claimed))
        if step == "completed":
            await complete_task(room.services, room.agent, lease_of(claimed), None)
        with pytest.raises(Conflict, match=step) as refused:
            await retry(room, task)
        assert refused.value.related_ids == {"task_id": again.id}
        assert await offered(room, task) == []


async def test_a_retry_that_failed_or_was_cancelled_leaves_room_for_another(room: Room) -> None:
    task = await failed(room)
    first = await failed(room, await retry(room, task))
    assert await offered(room, task) == [TaskAction.RETRY]
    second = await retry(room, task)
    await cancel_task(room.services, room.key, second.id)
    assert await offered(room, task) == [TaskAction.RETRY]

    third = await retry(room, task)

    shown = await retries_of(room.services, room.key, [task, first, await room.now(second)])
    assert shown == {task.id: third.id}


async def test_of_a_task_and_its_retries_only_one_is_retried_at_a_time(room: Room) -> None:
    task = await failed(room)
    first = await failed(room, await retry(room, task))
    second = await failed(room, await retry(room, task))

    outcomes = await asyncio.gather(
        *(retry(room, one) for one in (task, first, second) * 3), return_exceptions=True
    )

    memo = [one for one in outcomes if isinstance(one, TaskRow)]
    assert len(memo) == 1
    assert {type(one) for one in outcomes} == {TaskRow, Conflict}
    for one in (task, first, second):
        assert await offered(room, one) == []


async def test_the_retry_of_a_retry_stands_in_the_way_of_the_first(room: Room) -> None:
    task = await failed(room)
    again = await failed(room, await retry(room, task))
    last = await retry(room, again)

    with pytest.raises(Conflict) as refused:
        await retry(room, task)

    assert refused.value.related_ids == {"task_id": last.id}
    assert await retries_of(room.services, room.key, [task]) == {task.id: again.id}


async def test_no_retry_is_offered_or_made_on_a_disconnected_account(room: Room) -> None:
    task = await failed(room)
    await disconnect_linkedin_account(room.services, room.person, room.account_id)

    assert await offered(room, task) == []
    with pytest.raises(BadInput) as refused:
        await retry(room, task)

    assert refused.value.message.startswith("linkedin_account_id is disconnected")
    assert [one.path for one in refused.value.details] == [("linkedin_account_id",)]
    assert await number_of_tasks(room) == 1


async def test_a_retry_is_offered_again_when_the_account_is_connected_again(room: Room) -> None:
    task = await failed(room)
    account = await disconnect_linkedin_account(room.services, room.person, room.account_id)
    raw = {"name": account.name, "profile_url": account.profile_url}
    await connect_linkedin_account(room.services, room.person, raw)

    assert await offered(room, task) == [TaskAction.RETRY]
    assert (await retry(room, task)).linkedin_account_id == room.account_id


async def test_a_list_asks_for_its_retries_at_once(room: Room) -> None:
    tasks = [await failed(room) for _ in range(3)]
    again = [await retry(room, one) for one in tasks[:2]]

    assert await retries_of(room.services, room.key, [*tasks, *again]) == {
        tasks[0].id: again[0].id,
        tasks[1].id: again[1].id,
    }
