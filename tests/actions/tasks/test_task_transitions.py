"""Every move of a task from every status: what is allowed happens, all else is refused."""

from collections.abc import Awaitable, Callable

import pytest

from app.actions.leases.release_task import release_task
from app.actions.leases.start_task import start_task
from app.actions.tasks.cancel_task import cancel_task
from app.domain.errors import Conflict, LeaseLost, ZenModeError
from app.domain.leases.lease import Lease
from app.domain.tasks.task import TRANSITIONS, TaskStatus, Transition
from app.models.tasks.task_rows import TaskRow
from tests.actions.calls import complete_task, fail_task
from tests.actions.room import Room

FAILURE = {"code": "profile_gone", "message": "no such profile", "retryable": False}


async def pending(room: Room) -> tuple[TaskRow, Lease]:
    """Waiting, after the lease that we keep was given back."""
    task, lease = await room.held()
    await release_task(room.services, room.agent, lease)
    return task, lease


async def completed(room: Room) -> tuple[TaskRow, Lease]:
    task, lease = await room.begun()
    await complete_task(room.services, room.agent, lease, {"note": "another"})
    return task, lease


async def failed(room: Room) -> tuple[TaskRow, Lease]:
    task, lease = await room.begun()
    await fail_task(room.services, room.agent, lease, {**FAILURE, "code": "another"})
    return task, lease


async def cancelled(room: Room) -> tuple[TaskRow, Lease]:
    task, lease = await room.held()
    await cancel_task(room.services, room.key, task.id)
    return task, lease


REACH: dict[TaskStatus, Callable[[Room], Awaitable[tuple[TaskRow, Lease]]]] = {
    TaskStatus.PENDING: pending,
    TaskStatus.QUEUED: Room.held,
    TaskStatus.PROCESSING: Room.begun,
    TaskStatus.COMPLETED: completed,
    TaskStatus.FAILED: failed,
    TaskStatus.CANCELLED: cancelled,
}
VERBS: dict[Transition, Callable[[Room, TaskRow, Lease], Awaitable[TaskRow]]] = {
    Transition.START: lambda room, _, lease: start_task(room.services, room.agent, lease),
    Transition.RELEASE: lambda room, _, lease: release_task(room.services, room.agent, lease),
    Transition.CANCEL: lambda room, task, _: cancel_task(room.services, room.key, task.id),
    Transition.COMPLETE: lambda room, _, lease: complete_task(
        room.services, room.agent, lease, None
    ),
    Transition.FAIL: lambda room, _, lease: fail_task(room.services, room.agent, lease, FAILURE),
    Transition.RETRY: lambda room, _, lease: fail_task(
        room.services, room.agent, lease, {**FAILURE, "retryable": True}
    ),
}
# Asking again is no move: it answers what was answered.
ASKED_AGAIN = {(Transition.START, TaskStatus.PROCESSING), (Transition.RELEASE, TaskStatus.PENDING)}


@pytest.mark.parametrize("status", TaskStatus)
@pytest.mark.parametrize("move", VERBS)
async def test_a_move_happens_exactly_where_the_table_allows_it(
    room: Room, move: Transition, status: TaskStatus
) -> None:
    task, lease = await REACH[status](room)
    before = await room.now(task)
    assert before.status == status

    if status in TRANSITIONS[move]:
        await VERBS[move](room, task, lease)
        assert (await room.now(task)).status in TRANSITIONS[move][status]
        return
    if (move, status) in ASKED_AGAIN:
        assert (await VERBS[move](room, task, lease)).status == status
    else:
        with pytest.raises((Conflict, LeaseLost)):
            await VERBS[move](room, task, lease)
    assert await room.now(task) == before


@pytest.mark.parametrize("status", [one for one in TaskStatus if one is not TaskStatus.PENDING])
async def test_only_a_pending_task_can_be_claimed(room: Room, status: TaskStatus) -> None:
    task, _ = await REACH[status](room)

    claimed = await room.claim(await room.another_agent())

    assert task.id not in [one.id for one in claimed]


async def test_the_refusal_to_cancel_names_the_status(room: Room) -> None:
    task, _ = await room.begun()

    with pytest.raises(ZenModeError, match="processing"):
        await cancel_task(room.services, room.key, task.id)
