"""The caller's own tasks, by id; those of other workspaces do not exist."""

from app.domain.access.caller import Caller
from app.domain.errors import NotFound
from app.domain.ids import is_valid_id
from app.models.engine.database import Queries
from app.models.tasks.task_queries import find_task
from app.models.tasks.task_rows import TaskRow


async def find_own_task(queries: Queries, caller: Caller, task_id: str) -> TaskRow | None:
    """Returns the caller's task, or None."""
    if not is_valid_id(task_id):
        return None
    return await find_task(queries, caller.workspace_id, task_id)


async def own_task(queries: Queries, caller: Caller, task_id: str) -> TaskRow:
    """Returns the caller's task. Raises NotFound."""
    task = await find_own_task(queries, caller, task_id)
    if task is None:
        raise NotFound("there is no such task")
    return task
