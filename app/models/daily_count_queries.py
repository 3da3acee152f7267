"""How many tasks of each LinkedIn account were created and ended on each UTC day."""

from app.domain.tasks.task import TaskStatus
from app.domain.times import day_of_ms
from app.models.engine.database import Queries
from app.models.task_rows import TaskRow

_FINAL_COLUMNS = {
    TaskStatus.COMPLETED: "completed",
    TaskStatus.FAILED: "failed",
    TaskStatus.CANCELLED: "cancelled",
}


def _add_one_to(column: str) -> str:
    ones = ", ".join("1" if column == name else "0" for name in _FINAL_COLUMNS.values())
    return f"""
    INSERT INTO daily_counts
        (linkedin_account_id, workspace_id, day, created, completed, failed, cancelled)
    VALUES ($1, $2, $3, 0, {ones})
    ON CONFLICT (linkedin_account_id, day) DO UPDATE SET {column} = daily_counts.{column} + 1
    """


_ADD_FINAL = {status: _add_one_to(column) for status, column in _FINAL_COLUMNS.items()}


async def count_final_task(queries: Queries, task: TaskRow, now: int) -> None:
    """Adds a task that has reached its final status to its account's counts of the day."""
    sql = _ADD_FINAL[TaskStatus(task.status)]
    await queries.change(sql, task.linkedin_account_id, task.workspace_id, day_of_ms(now))
