"""The conditional write behind every move of a task, and what follows from it in the database.

Nothing here asks first and writes then: the condition stands in the UPDATE, so of two processes
that race one finds no row.
"""

from collections.abc import Sequence

from app.domain.tasks.task import AttemptOutcome, TaskStatus, Transition, sources
from app.domain.times import day_of_ms
from app.models.engine.database import Queries
from app.models.task_rows import TASK, TaskRow, task_of

_DAILY_COLUMNS = {
    TaskStatus.COMPLETED: "completed",
    TaskStatus.FAILED: "failed",
    TaskStatus.CANCELLED: "cancelled",
}


def status_in(*moves: Transition) -> str:
    """The SQL condition that lets only these moves happen."""
    return f"status IN ({', '.join(repr(status.value) for status in sources(*moves))})"


async def one_task(queries: Queries, sql: str, *values: object) -> TaskRow | None:
    """The task that a conditional UPDATE … RETURNING moved, if it moved one."""
    row = await queries.row(sql, *values)
    return task_of(row) if row else None


def transition_sql(sets: str, condition: str, *moves: Transition) -> str:
    """An UPDATE of tasks; `$1` is now. It hands back the whole task."""
    return (
        f"UPDATE tasks SET {sets}, updated_at = $1, version = version + 1 "
        f"WHERE {condition} AND {status_in(*moves)} RETURNING {TASK}"
    )


NO_LEASE = "agent_id = NULL, lease_token = NULL, lease_expires_at = NULL"

_CLOSE_ATTEMPT = """
UPDATE task_attempts SET outcome = $3, finished_at = $4, error = $5, report = $6
WHERE task_seq = $1 AND number = $2
"""


async def close_attempt(
    queries: Queries,
    task: TaskRow,
    outcome: AttemptOutcome,
    now: int,
    *,
    error: str | None = None,
    report: str | None = None,
) -> None:
    """Write down how a task's latest attempt ended; `error` and `report` are JSON."""
    await queries.change(
        _CLOSE_ATTEMPT, task.seq, task.claim_count, outcome.value, now, error, report
    )


async def count_final(queries: Queries, tasks: Sequence[TaskRow], now: int) -> None:
    """Add tasks that have reached a final status to their accounts' counts of the day."""
    for task in tasks:
        column = _DAILY_COLUMNS[TaskStatus(task.status)]
        await queries.change(
            "INSERT INTO daily_counts (linkedin_account_id, workspace_id, day, "
            "created, completed, failed, cancelled) "
            f"VALUES ($1, $2, $3, 0, {', '.join(_one_for(column))}) "
            f"ON CONFLICT (linkedin_account_id, day) DO UPDATE SET {column} = "
            f"daily_counts.{column} + 1",
            task.linkedin_account_id,
            task.workspace_id,
            day_of_ms(now),
        )


def _one_for(column: str) -> list[str]:
    return ["1" if column == name else "0" for name in _DAILY_COLUMNS.values()]
