"""An agent starts a task that it holds."""

from app.actions.steps.after_commit import publish_change
from app.actions.steps.tasks.lease import final_conflict, held_task, holder_of
from app.actions.steps.tasks.task_change import TaskChange
from app.actions.steps.tasks.task_transition import close_attempt
from app.domain.access.caller import AGENTS, Caller, require
from app.domain.errors import AccountBusy, Conflict, LeaseLost
from app.domain.tasks.lease import Lease
from app.domain.tasks.task import AttemptOutcome, TaskStatus
from app.models.engine.database import ConstraintViolatedError, Queries
from app.models.linkedin.linkedin_account_queries import is_active
from app.models.tasks.lease_queries import LeaseHolder, release_held_task, start_held_task
from app.models.tasks.task_attempt_queries import start_attempt
from app.models.tasks.task_rows import TaskRow
from app.services.services import Services


async def start_task(services: Services, caller: Caller | None, lease: Lease) -> TaskRow:
    """Returns the task, now processing; a repeated call returns the same.

    Raises NotFound, LeaseLost, AccountBusy, or Conflict: for a final task, and for a paused
    account, whose task becomes pending again.
    """
    known = require(caller, AGENTS)
    holder = holder_of(known, lease)

    async def unit(queries: Queries) -> TaskChange:
        now = services.now()
        task = await start_held_task(queries, holder, now)
        if task is None:
            return await _not_started(queries, known, lease, now)
        await start_attempt(queries, task, now)
        return TaskChange(task)

    try:
        change = await services.database.transaction(unit)
    except ConstraintViolatedError:
        raise _busy() from None
    return publish_change(services, change)


async def _not_started(queries: Queries, caller: Caller, lease: Lease, now: int) -> TaskChange:
    held = await held_task(queries, caller, lease)
    if held.is_final:
        raise final_conflict(held.task)
    if not held.is_live(now):
        raise LeaseLost("the lease has run out")
    if held.task.status == TaskStatus.PROCESSING:
        return TaskChange(held.task, has_changed=False)
    if await is_active(queries, held.task.linkedin_account_id):
        raise _busy()
    return await _release_of_paused(queries, holder_of(caller, lease), held.task, now)


async def _release_of_paused(
    queries: Queries, holder: LeaseHolder, queued: TaskRow, now: int
) -> TaskChange:
    refusal = Conflict("the LinkedIn account is paused; the task waits until it is resumed")
    task = await release_held_task(queries, holder, now)
    if task is None:
        return TaskChange(queued, has_changed=False, refusal=refusal)
    await close_attempt(queries, task, AttemptOutcome.RELEASED, now)
    return TaskChange(task, refusal=refusal)


def _busy() -> AccountBusy:
    return AccountBusy("the LinkedIn account is carrying out another task; try again later")
