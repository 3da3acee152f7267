"""Named queries about the attempts at tasks."""

from app.domain.tasks.task import AttemptOutcome
from app.models.engine.database import Queries
from app.models.tasks.task_rows import ATTEMPT, AttemptRow, TaskRow, attempt_of

# An agent that claims and releases without end makes attempts without end.
_MOST_ATTEMPTS = 100
_ATTEMPTS_OF = f"""
SELECT {ATTEMPT} FROM task_attempts WHERE task_seq = $1 ORDER BY number DESC LIMIT {_MOST_ATTEMPTS}
"""
_UNDER_LEASE = f"""
SELECT {ATTEMPT} FROM task_attempts WHERE task_seq = $1 AND lease_token = $2 AND agent_id = $3
"""
_START = "UPDATE task_attempts SET started_at = $3 WHERE task_seq = $1 AND number = $2"
_END = """
UPDATE task_attempts SET outcome = $3, finished_at = $4, error = $5, report = $6
WHERE task_seq = $1 AND number = $2
"""
_END_RUNNING = """
UPDATE task_attempts SET outcome = $3, finished_at = $4
WHERE task_seq = $1 AND number = $2 AND outcome = 'running'
"""
_ADD_FAILURE = """
UPDATE task_attempts SET error = $3, report = $4
WHERE task_seq = $1 AND number = $2 AND report IS NULL
"""
_ADD_LATE_REPORT = """
UPDATE task_attempts SET late_report = $3
WHERE task_seq = $1 AND number = $2 AND late_report IS NULL
"""


async def attempts_of(queries: Queries, task_seq: int) -> list[AttemptRow]:
    """Returns the latest hundred attempts at a task, first to last."""
    rows = await queries.rows(_ATTEMPTS_OF, task_seq)
    return [attempt_of(row) for row in reversed(rows)]


async def late_reports_of(queries: Queries, task_seqs: list[int]) -> list[AttemptRow]:
    """Returns the attempts at these tasks whose report came after the task was final."""
    if not task_seqs:
        return []
    placeholders = ", ".join(f"${number}" for number in range(1, len(task_seqs) + 1))
    rows = await queries.rows(
        f"SELECT {ATTEMPT} FROM task_attempts "
        f"WHERE task_seq IN ({placeholders}) AND late_report IS NOT NULL",
        *task_seqs,
    )
    return [attempt_of(row) for row in rows]


async def attempt_under_lease(
    queries: Queries, task_seq: int, lease_token: str, agent_id: str
) -> AttemptRow | None:
    """Returns the attempt that this agent made under this lease, or None."""
    row = await queries.row(_UNDER_LEASE, task_seq, lease_token, agent_id)
    return attempt_of(row) if row else None


async def start_attempt(queries: Queries, task: TaskRow, now: int) -> None:
    """Writes down when the latest attempt at a task started."""
    await queries.change(_START, task.seq, task.claim_count, now)


async def end_attempt(
    queries: Queries,
    task: TaskRow,
    outcome: AttemptOutcome,
    now: int,
    *,
    error: str | None = None,
    report: str | None = None,
) -> None:
    """Writes down how the latest attempt at a task ended; `error` and `report` are JSON."""
    await queries.change(_END, task.seq, task.claim_count, outcome.value, now, error, report)


async def cancel_running_attempt(queries: Queries, task: TaskRow, now: int) -> None:
    """Ends the latest attempt at a cancelled task, if it had not ended."""
    outcome = AttemptOutcome.CANCELLED.value
    await queries.change(_END_RUNNING, task.seq, task.claim_count, outcome, now)


async def add_failure(
    queries: Queries, task_seq: int, number: int, *, error: str, report: str
) -> None:
    """Adds the reason to an attempt that ended without a report; both are JSON."""
    await queries.change(_ADD_FAILURE, task_seq, number, error, report)


async def add_late_report(queries: Queries, task_seq: int, number: int, report: str) -> None:
    """Keeps the first report that came after the task was final; `report` is JSON."""
    await queries.change(_ADD_LATE_REPORT, task_seq, number, report)
