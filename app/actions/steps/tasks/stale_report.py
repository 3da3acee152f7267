"""What becomes of an agent's report that changes no task."""

from app.actions.steps.tasks.lease import HeldTask, final_conflict, held_task
from app.actions.steps.tasks.task_change import TaskChange
from app.domain.access.caller import Caller
from app.domain.errors import Conflict, ZenModeError
from app.domain.leases.lease import Lease
from app.domain.tasks.task import TaskStatus
from app.models.engine.database import Queries
from app.models.tasks.task_attempt_queries import add_late_report


async def resolve_stale_report(
    queries: Queries, caller: Caller, lease: Lease, report: str
) -> TaskChange:
    """Returns the task as it is: without a refusal if the same report was accepted before.

    A report on a final task is kept on its attempt, so that people can read it.
    Raises NotFound or LeaseLost.
    """
    held = await held_task(queries, caller, lease)
    refusal = None
    if held.attempt.report != report:
        refusal = _refusal(held)
        if held.is_final:
            await add_late_report(queries, held.task.seq, held.attempt.number, report)
    return TaskChange(held.task, has_changed=False, refusal=refusal)


def _refusal(held: HeldTask) -> ZenModeError:
    if held.is_final:
        return final_conflict(held.task)
    if held.attempt.started_at is None:
        return Conflict("the task was not started under this lease")
    if held.task.status == TaskStatus.PENDING:
        return Conflict(f"this attempt has already ended as {held.attempt.outcome}")
    return Conflict(f"the task is {held.task.status}")
