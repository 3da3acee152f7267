"""Cancelling a task before a desktop app has begun it."""

from app.actions.outside import Outside
from app.actions.steps.cancel import CANCEL_SETS, end_as_cancelled
from app.actions.steps.find_own import own_task
from app.actions.steps.move_task import move_sql, one_task
from app.domain.caller import PEOPLE_AND_KEYS, Caller, require
from app.domain.errors import Conflict, NotFound
from app.domain.ids import can_be_an_id
from app.domain.task import Move
from app.models.database import Queries
from app.models.task_rows import TaskRow

_CANCEL = move_sql(CANCEL_SETS, "id = $2 AND workspace_id = $3", Move.CANCEL)


async def cancel_task(outside: Outside, caller: Caller | None, task_id: str) -> TaskRow:
    """The cancelled task. Raises NotFound, or Conflict that names the status."""
    known = require(caller, PEOPLE_AND_KEYS)
    if not can_be_an_id(task_id):
        raise NotFound("there is no such task")

    async def unit(queries: Queries) -> TaskRow:
        now = outside.now()
        task = await one_task(queries, _CANCEL, now, task_id, known.workspace_id)
        if task is None:
            raise await _refusal(queries, known, task_id)
        await end_as_cancelled(queries, task, now)
        return task

    task = await outside.database.transaction(unit)
    outside.events.task_changed(task.snapshot())
    return task


async def _refusal(queries: Queries, caller: Caller, task_id: str) -> Conflict:
    task = await own_task(queries, caller, task_id)
    return Conflict(f"a task that is {task.status} cannot be cancelled")
