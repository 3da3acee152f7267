"""What follows from a task's transition in the database, in the same transaction."""

from app.actions.steps.pacing.pace_account import end_action
from app.actions.steps.tasks.finish_task import finish_task
from app.actions.steps.tasks.task_change import TaskChange
from app.domain.tasks.task import FINAL, AttemptOutcome, TaskStatus
from app.models.engine.database import Queries
from app.models.pacing.account_action_queries import ActionState
from app.models.tasks.task_attempt_queries import cancel_running_attempt, end_attempt
from app.models.tasks.task_rows import TaskRow

# What was released or cancelled had not begun.
_ACTION_OF_OUTCOME = {
    AttemptOutcome.COMPLETED: ActionState.DONE,
    AttemptOutcome.FAILED: ActionState.NOT_DONE,
    AttemptOutcome.LOST: ActionState.UNKNOWN,
    AttemptOutcome.DEFERRED: ActionState.NOT_DONE,
}


async def close_attempt(
    queries: Queries,
    task: TaskRow,
    outcome: AttemptOutcome,
    now: int,
    *,
    error: str | None = None,
    report: str | None = None,
    action: ActionState | None = None,
) -> TaskChange:
    """Ends the latest attempt at a task that has just changed; `error` and `report` are JSON.

    If the task is final now, it is counted and its event is queued for webhooks. `action`: what is
    known of its action on LinkedIn, if that does not follow from the outcome.
    """
    await end_attempt(queries, task, outcome, now, error=error, report=report)
    state = action or _ACTION_OF_OUTCOME.get(outcome)
    if state is not None:
        await end_action(queries, task, state, now)
    if TaskStatus(task.status) not in FINAL:
        return TaskChange(task)
    return TaskChange(task, await finish_task(queries, task, now))


async def close_cancelled(queries: Queries, task: TaskRow, now: int) -> TaskChange:
    """Ends the attempt of the agent that held a cancelled task, if one did, and counts the task."""
    await cancel_running_attempt(queries, task, now)
    return TaskChange(task, await finish_task(queries, task, now))
