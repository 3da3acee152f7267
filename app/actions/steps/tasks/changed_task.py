"""The task of an event."""

import asyncio

from app.actions.steps.tasks.own_task import find_own_task
from app.domain.access.caller import Caller
from app.domain.event import TaskChanged
from app.domain.shared_change import SharedChange
from app.models.tasks.task_rows import TaskRow, task_of_snapshot
from app.services.services import Services


async def task_of_event(
    services: Services, caller: Caller, event: TaskChanged
) -> SharedChange[TaskRow] | None:
    """Returns the task of an event, made once for all listeners; None if it was deleted.

    Raises Unavailable if it has to be read and the database cannot be reached.
    """
    if (made := event.memo.get(SharedChange)) is None:
        task = task_of_snapshot(event.snapshot) or await _read_once(services, caller, event)
        # Another listener may have been faster meanwhile.
        made = event.memo.setdefault(SharedChange, SharedChange(task, event.memo) if task else None)
    change: SharedChange[TaskRow] | None = made
    return change


async def _read_once(services: Services, caller: Caller, event: TaskChanged) -> TaskRow | None:
    """Reads the task of an event that a process of another release sent with other columns."""
    if (reading := event.memo.get(TaskRow)) is None:
        task_id = event.snapshot["id"]
        reading = asyncio.ensure_future(find_own_task(services.database, caller, task_id))
        event.memo[TaskRow] = reading
    found: TaskRow | None = await asyncio.shield(reading)
    return found
