"""Cancelling a task before a desktop app has begun it."""

from app.actions.steps.cancel import CANCEL_SET_CLAUSE, end_as_cancelled
from app.actions.steps.own_task import own_task
from app.actions.steps.task_transition import one_task, transition_sql
from app.domain.access.caller import PEOPLE_AND_KEYS, Caller, require
from app.domain.errors import Conflict, NotFound
from app.domain.ids import is_valid_id
from app.domain.tasks.task import Transition
from app.models.engine.database import Queries
from app.models.task_rows import TaskRow
from app.services.services import Services

_CANCEL = transition_sql(CANCEL_SET_CLAUSE, "id = $2 AND workspace_id = $3", Transition.CANCEL)


async def cancel_task(services: Services, caller: Caller | None, task_id: str) -> TaskRow:
    """The cancelled task. Raises NotFound, or Conflict that names the status."""
    known = require(caller, PEOPLE_AND_KEYS)
    if not is_valid_id(task_id):
        raise NotFound("there is no such task")

    async def unit(queries: Queries) -> TaskRow:
        now = services.now()
        task = await one_task(queries, _CANCEL, now, task_id, known.workspace_id)
        if task is None:
            raise await _refusal(queries, known, task_id)
        await end_as_cancelled(queries, task, now)
        return task

    task = await services.database.transaction(unit)
    services.events.task_changed(task.snapshot())
    return task


async def _refusal(queries: Queries, caller: Caller, task_id: str) -> Conflict:
    task = await own_task(queries, caller, task_id)
    return Conflict(f"a task that is {task.status} cannot be cancelled")
