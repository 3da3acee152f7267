"""What becomes of an agent's report that no longer moves its task."""

from app.actions.steps.lease import HeldTask, final_conflict
from app.domain.errors import Conflict, ZenModeError
from app.domain.tasks.task import TaskStatus
from app.models.engine.database import Queries

_KEEP = """
UPDATE task_attempts SET late_report = $3 WHERE task_seq = $1 AND number = $2
AND late_report IS NULL
"""


async def resolve_stale_report(
    queries: Queries, held: HeldTask, report: str
) -> ZenModeError | None:
    """None when the same report was taken before; else the refusal.

    The report of an attempt that is over is kept on it, so that a person can see it.
    """
    if held.attempt.report == report:
        return None
    if held.is_final:
        await queries.change(_KEEP, held.task.seq, held.attempt.number, report)
        return final_conflict(held.task)
    if held.attempt.started_at is None:
        return Conflict("the task was not started under this lease")
    if held.task.status == TaskStatus.PENDING:
        return Conflict(f"this attempt has already ended as {held.attempt.outcome}")
    return Conflict(f"the task is {held.task.status}")
