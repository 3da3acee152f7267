"""An agent gives back a task that it has not begun."""

from app.actions.steps.lease import check_lease_format, final_conflict, held_task
from app.actions.steps.task_transition import NO_LEASE, close_attempt, one_task, transition_sql
from app.domain.access.caller import AGENTS, Caller, require
from app.domain.errors import Conflict, LeaseLost
from app.domain.tasks.lease import RELEASED, Lease
from app.domain.tasks.task import AttemptOutcome, TaskStatus, Transition
from app.models.engine.database import Queries
from app.models.task_rows import TaskRow
from app.services.services import Services

_RELEASE = transition_sql(
    f"status = 'pending', {NO_LEASE}",
    "id = $2 AND workspace_id = $3 AND lease_token = $4 AND agent_id = $5 "
    "AND lease_expires_at > $1",
    Transition.RELEASE,
)


async def release_task(services: Services, caller: Caller | None, lease: Lease) -> TaskRow:
    """The task, pending again and no attempt counted; sent twice it answers the same.

    Raises NotFound, LeaseLost or Conflict.
    """
    known = require(caller, AGENTS)
    check_lease_format(lease)

    async def unit(queries: Queries) -> tuple[TaskRow, bool]:
        now = services.now()
        holder = (known.workspace_id, lease.token, known.credential_id)
        moved = await one_task(queries, _RELEASE, now, lease.task_id, *holder)
        if moved is not None:
            await close_attempt(queries, moved, AttemptOutcome.RELEASED, now, report=RELEASED)
            return moved, True
        held = await held_task(queries, known, lease)
        if held.attempt.report == RELEASED:
            return held.task, False
        if held.is_final:
            raise final_conflict(held.task)
        if held.task.status == TaskStatus.PROCESSING and held.is_live(now):
            raise Conflict("the task has begun; complete it or fail it")
        raise LeaseLost("the lease has run out")

    task, has_moved = await services.database.transaction(unit)
    if has_moved:
        services.events.task_changed(task.snapshot())
    return task
