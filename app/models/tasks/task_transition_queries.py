"""The conditional UPDATE behind every transition of a task, and the cancellation of tasks.

The condition is part of the UPDATE: of two processes that race, one changes no row.
"""

from app.domain.tasks.task import Transition, sources
from app.models.engine.database import Queries
from app.models.tasks.task_rows import TASK, TaskRow, task_of

NO_LEASE = "agent_id = NULL, lease_token = NULL, lease_expires_at = NULL"


def transition_sql(sets: str, condition: str, *transitions: Transition) -> str:
    """Returns an UPDATE of tasks that allows only these transitions; `$1` is now.

    The statement returns all columns of the task.
    """
    statuses = ", ".join(repr(status.value) for status in sources(*transitions))
    return (
        f"UPDATE tasks SET {sets}, updated_at = $1, version = version + 1 "
        f"WHERE {condition} AND status IN ({statuses}) RETURNING {TASK}"
    )


_SET_CANCELLED = f"status = 'cancelled', completed_at = $1, not_before = NULL, {NO_LEASE}"
_CANCEL = transition_sql(_SET_CANCELLED, "id = $2 AND workspace_id = $3", Transition.CANCEL)
_CANCEL_OF_ACCOUNT = transition_sql(
    _SET_CANCELLED, "linkedin_account_id = $2 AND workspace_id = $3", Transition.CANCEL
)


async def changed_task(queries: Queries, sql: str, *values: object) -> TaskRow | None:
    """Returns the task that an UPDATE … RETURNING has changed, or None if it changed none."""
    row = await queries.row(sql, *values)
    return task_of(row) if row else None


async def cancel_waiting_task(
    queries: Queries, workspace_id: str, task_id: str, now: int
) -> TaskRow | None:
    """Returns the cancelled task, or None if it does not exist or has begun."""
    return await changed_task(queries, _CANCEL, now, task_id, workspace_id)


async def cancel_waiting_tasks_of_account(
    queries: Queries, workspace_id: str, account_id: str, now: int
) -> list[TaskRow]:
    """Cancels all tasks of a LinkedIn account that have not begun, and returns them."""
    rows = await queries.rows(_CANCEL_OF_ACCOUNT, now, account_id, workspace_id)
    return [task_of(row) for row in rows]
