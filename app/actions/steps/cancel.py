"""What a cancelled task leaves behind."""

from app.actions.steps.task_transition import NO_LEASE, count_final
from app.domain.tasks.task import AttemptOutcome
from app.models.engine.database import Queries
from app.models.task_rows import TaskRow

CANCEL_SET_CLAUSE = f"status = 'cancelled', completed_at = $1, not_before = NULL, {NO_LEASE}"

_CLOSE_OPEN_ATTEMPT = """
UPDATE task_attempts SET outcome = $3, finished_at = $4
WHERE task_seq = $1 AND number = $2 AND outcome = 'running'
"""


async def end_as_cancelled(queries: Queries, task: TaskRow, now: int) -> None:
    """Close the attempt of the agent that held the task, and count the cancellation."""
    outcome = AttemptOutcome.CANCELLED.value
    await queries.change(_CLOSE_OPEN_ATTEMPT, task.seq, task.claim_count, outcome, now)
    await count_final(queries, [task], now)
