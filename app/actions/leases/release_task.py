"""An agent returns a task that it has not started."""

from app.actions.steps.after_commit import publish_change
from app.actions.steps.tasks.lease import final_conflict, held_task, holder_of
from app.actions.steps.tasks.task_change import TaskChange
from app.actions.steps.tasks.task_transition import close_attempt
from app.domain.access.caller import AGENTS, Caller, require
from app.domain.errors import Conflict, LeaseLost
from app.domain.leases.lease import RELEASED, Lease
from app.domain.tasks.task import AttemptOutcome, TaskStatus
from app.models.engine.database import Queries
from app.models.tasks.lease_queries import release_held_task
from app.models.tasks.task_rows import TaskRow
from app.services.services import Services


async def release_task(services: Services, caller: Caller | None, lease: Lease) -> TaskRow:
    """Returns the task, pending again without an attempt counted; a repeated call does the same.

    Raises NotFound, LeaseLost or Conflict.
    """
    known = require(caller, AGENTS)
    holder = holder_of(known, lease)

    async def unit(queries: Queries) -> TaskChange:
        now = services.now()
        task = await release_held_task(queries, holder, now)
        if task is not None:
            outcome = AttemptOutcome.RELEASED
            return await close_attempt(queries, task, outcome, now, report=RELEASED)
        return await _not_released(queries, known, lease, now)

    return publish_change(services, await services.database.transaction(unit))


async def _not_released(queries: Queries, caller: Caller, lease: Lease, now: int) -> TaskChange:
    held = await held_task(queries, caller, lease)
    if held.attempt.report == RELEASED:
        return TaskChange(held.task, has_changed=False)
    if held.is_final:
        raise final_conflict(held.task)
    if held.task.status == TaskStatus.PROCESSING and held.is_live(now):
        raise Conflict("the task has begun; complete it or fail it")
    raise LeaseLost("the lease has run out")
