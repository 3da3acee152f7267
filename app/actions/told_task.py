"""The task that an event tells of."""

import asyncio

from app.actions.outside import Outside
from app.actions.read_tasks import get_task
from app.actions.seen import Seen
from app.domain.caller import Caller
from app.domain.event import TaskChanged
from app.models.task_rows import TaskRow, task_of_snapshot


async def task_told_by(
    outside: Outside, caller: Caller, event: TaskChanged
) -> Seen[TaskRow] | None:
    """The task of an event, made once for all who hear of it; None if it is gone.

    Raises Unavailable when it has to be read and the database is out of reach.
    """
    if (seen := event.made.get(Seen)) is None:
        task = task_of_snapshot(event.snapshot) or await _read_once(outside, caller, event)
        # Another listener may have been faster meanwhile.
        seen = event.made.setdefault(Seen, Seen(task, event.made) if task else None)
    told: Seen[TaskRow] | None = seen
    return told


async def _read_once(outside: Outside, caller: Caller, event: TaskChanged) -> TaskRow | None:
    """The task of an event that a process of another release has sent in other columns."""
    if (reading := event.made.get(TaskRow)) is None:
        reading = asyncio.ensure_future(get_task(outside, caller, event.snapshot["id"]))
        event.made[TaskRow] = reading
    found: TaskRow | None = await asyncio.shield(reading)
    return found
