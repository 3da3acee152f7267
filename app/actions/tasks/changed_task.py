"""The task that an event tells of."""

import asyncio

from app.actions.tasks.read_tasks import get_task
from app.domain.access.caller import Caller
from app.domain.event import TaskChanged
from app.domain.shared_change import SharedChange
from app.models.task_rows import TaskRow, task_of_snapshot
from app.services.services import Services


async def task_told_by(
    services: Services, caller: Caller, event: TaskChanged
) -> SharedChange[TaskRow] | None:
    """The task of an event, made once for all who hear of it; None if it is gone.

    Raises Unavailable when it has to be read and the database is out of reach.
    """
    if (seen := event.memo.get(SharedChange)) is None:
        task = task_of_snapshot(event.snapshot) or await _read_once(services, caller, event)
        # Another listener may have been faster meanwhile.
        seen = event.memo.setdefault(SharedChange, SharedChange(task, event.memo) if task else None)
    told: SharedChange[TaskRow] | None = seen
    return told


async def _read_once(services: Services, caller: Caller, event: TaskChanged) -> TaskRow | None:
    """The task of an event that a process of another release has sent in other columns."""
    if (reading := event.memo.get(TaskRow)) is None:
        reading = asyncio.ensure_future(get_task(services, caller, event.snapshot["id"]))
        event.memo[TaskRow] = reading
    found: TaskRow | None = await asyncio.shield(reading)
    return found
