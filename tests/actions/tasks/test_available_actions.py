"""What is offered is what is then allowed, from every status."""

from dataclasses import replace

import pytest

from app.actions.leases.sweep_tasks import sweep_tasks
from app.actions.tasks.cancel_task import cancel_task
from app.actions.tasks.read_tasks import actions_on
from app.actions.tasks.retry_task import retry_task
from app.domain.errors import Conflict, ZenModeError
from app.domain.tasks.task import TaskAction, TaskStatus
from app.models.tasks.task_rows import TaskRow
from tests.actions.calls import complete_task
from tests.actions.room import Room
from tests.actions.tasks.test_task_transitions import REACH

VERBS = {TaskAction.CANCEL: cancel_task, TaskAction.RETRY: retry_task}


async def offered(room: Room, task: TaskRow) -> list[TaskAction]:
    now = await room.now(task)
    return (await actions_on(room.services, room.person, [now]))[task.id]


@pytest.mark.parametrize("action", TaskAction)
@pytest.mark.parametrize("status", TaskStatus)
async def test_an_action_is_offered_exactly_where_it_works(
    room: Room, status: TaskStatus, action: TaskAction
) -> None:
    task, _ = await REACH[status](room)
    is_offered = action in await offered(room, task)

    try:
        await VERBS[action](room.services, room.person, task.id)
        worked = True
    except ZenModeError:
        worked = False

    assert is_offered is worked


async def test_no_retry_is_offered_for_a_failed_task_that_was_done_after_all(room: Room) -> None:
    task, lease = await room.begun(action="message")
    room.clock.advance(seconds=61)
    await sweep_tasks(room.services)
    assert await offered(room, task) == [TaskAction.RETRY]
    with pytest.raises(Conflict):
        await complete_task(room.services, room.agent, lease, None)

    assert await offered(room, task) == []


async def test_who_may_do_nothing_is_offered_nothing(room: Room) -> None:
    task = await room.create_task()
    late_payer = replace(room.person, subscription_is_active=False)

    for caller in (room.agent, late_payer, None):
        assert await actions_on(room.services, caller, [task]) == {task.id: []}
