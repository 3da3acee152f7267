"""How many tasks of each LinkedIn account were created and ended on each UTC day."""

from app.domain.tasks.task import TaskStatus
from app.domain.times import day_of_ms
from app.models.engine.database import Queries
from app.models.tasks.task_rows import TaskRow

_FINAL_COLUMNS = {
    TaskStatus.COMPLETED: "completed",
    TaskStatus.FAILED: "failed",
    TaskStatus.CANCELLED: "cancelled",
}
_INSERT = """
INSERT INTO daily_counts
    (linkedin_account_id, workspace_id, day, created, completed, failed, cancelled)
"""


def add_created_sql(source: str, limit: str | None = None) -> str:
    """Returns the statement that adds to the tasks created on a day, within the day's limit.

    `source` selects the row's seven values; `limit` is the limit's placeholder, None for none.
    The statement returns the account's id, and no row if the limit does not allow it.
    """
    condition = "" if limit is None else f"WHERE daily_counts.created + excluded.created <= {limit}"
    return f"""
    {_INSERT} {source}
    ON CONFLICT (linkedin_account_id, day)
    DO UPDATE SET created = daily_counts.created + excluded.created {condition}
    RETURNING linkedin_account_id
    """


def _add_final_sql(column: str) -> str:
    ones = ", ".join("1" if column == name else "0" for name in _FINAL_COLUMNS.values())
    return f"""
    {_INSERT} VALUES ($1, $2, $3, 0, {ones})
    ON CONFLICT (linkedin_account_id, day) DO UPDATE SET {column} = daily_counts.{column} + 1
    """


_ONE_ACCOUNT = "VALUES ($1, $2, $3, $4, 0, 0, 0)"
_ADD_CREATED = add_created_sql(_ONE_ACCOUNT)
_ADD_CREATED_WITHIN = add_created_sql(_ONE_ACCOUNT, limit="$5")
_ADD_FINAL = {status: _add_final_sql(column) for status, column in _FINAL_COLUMNS.items()}


async def add_created(
    queries: Queries, account_id: str, workspace_id: str, day: str, count: int
) -> None:
    """Adds to the tasks created for an account on a day, whatever the limit."""
    await queries.rows(_ADD_CREATED, account_id, workspace_id, day, count)


async def add_created_within(
    queries: Queries, account_id: str, workspace_id: str, day: str, count: int, *, limit: int
) -> bool:
    """Adds to the tasks created for an account on a day; False if that would pass the limit."""
    if count > limit:
        return False
    values = (account_id, workspace_id, day, count, limit)
    return await queries.row(_ADD_CREATED_WITHIN, *values) is not None


async def count_final_task(queries: Queries, task: TaskRow, now: int) -> None:
    """Adds a task that has reached its final status to its account's counts of the day."""
    sql = _ADD_FINAL[TaskStatus(task.status)]
    await queries.change(sql, task.linkedin_account_id, task.workspace_id, day_of_ms(now))
