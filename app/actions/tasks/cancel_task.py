"""Cancelling a task before a desktop agent has started it."""

from app.actions.steps.after_commit import publish_change
from app.actions.steps.tasks.own_task import own_task
from app.actions.steps.tasks.task_change import TaskChange
from app.actions.steps.tasks.task_transition import close_cancelled
from app.domain.access.caller import PEOPLE_AND_KEYS, Caller, require
from app.domain.errors import NotFound, TaskNotCancellable
from app.domain.ids import is_valid_id
from app.models.engine.database import Queries
from app.models.tasks.task_rows import TaskRow
from app.models.tasks.task_transition_queries import cancel_waiting_task
from app.services.services import Services


async def cancel_task(services: Services, caller: Caller | None, task_id: str) -> TaskRow:
    """Returns the cancelled task. Raises NotFound, or TaskNotCancellable that names the status."""
    known = require(caller, PEOPLE_AND_KEYS)
    if not is_valid_id(task_id):
        raise NotFound("there is no such task")

    async def unit(queries: Queries) -> TaskChange:
        now = services.now()
        task = await cancel_waiting_task(queries, known.workspace_id, task_id, now)
        if task is None:
            raise await _refusal(queries, known, task_id)
        return await close_cancelled(queries, task, now)

    return publish_change(services, await services.database.transaction(unit))


async def _refusal(queries: Queries, caller: Caller, task_id: str) -> TaskNotCancellable:
    task = await own_task(queries, caller, task_id)
    return TaskNotCancellable(f"a task that is {task.status} cannot be cancelled")
