"""An agent starts a task that it holds."""

from app.actions.steps.after_commit import publish_change
from app.actions.steps.pacing.pace_account import StartPermission, begin_action, lock_start
from app.actions.steps.tasks.lease import final_conflict, held_task, holder_of
from app.actions.steps.tasks.task_change import TaskChange
from app.actions.steps.tasks.task_transition import close_attempt
from app.domain.access.caller import AGENTS, Caller, require
from app.domain.errors import AccountBusy, Conflict, LeaseLost
from app.domain.leases.lease import Lease
from app.domain.pacing.opening import Opening
from app.domain.tasks.task import AttemptOutcome, TaskStatus
from app.models.engine.database import ConstraintViolatedError, Queries
from app.models.linkedin.linkedin_account_queries import is_active
from app.models.tasks.lease_queries import LeaseHolder, release_held_task, start_held_task
from app.models.tasks.task_attempt_queries import start_attempt
from app.models.tasks.task_rows import TaskRow
from app.services.services import Services
from app.settings import Settings

_PAUSED = "the LinkedIn account is paused; the task waits until it is resumed"


async def start_task(services: Services, caller: Caller | None, lease: Lease) -> TaskRow:
    """Returns the task, now processing; a repeated call returns the same.

    Raises NotFound, LeaseLost, AccountBusy, or Conflict: for a final task, and for an account that
    is paused or may not begin this kind of action now; then the task is pending again.
    """
    known = require(caller, AGENTS)
    holder = holder_of(known, lease)

    async def unit(queries: Queries) -> TaskChange:
        return await _start(queries, services.settings, known, holder, services.now())

    try:
        change = await services.database.transaction(unit)
    except ConstraintViolatedError:
        raise _busy() from None
    return publish_change(services, change)


async def _start(
    queries: Queries, settings: Settings, caller: Caller, holder: LeaseHolder, now: int
) -> TaskChange:
    # The account's pacing is locked before the task, as everywhere, so that no two wait for each
    # other.
    permission = await lock_start(queries, settings, holder.workspace_id, holder.task_id, now)
    is_closed = permission is not None and not permission.opening.is_open(now)
    task = None if is_closed else await start_held_task(queries, holder, now)
    if task is None:
        return await _not_started(queries, caller, holder, permission, now)
    await start_attempt(queries, task, now)
    await begin_action(queries, task, permission.pace if permission else None, now)
    return TaskChange(task)


async def _not_started(
    queries: Queries,
    caller: Caller,
    holder: LeaseHolder,
    permission: StartPermission | None,
    now: int,
) -> TaskChange:
    held = await held_task(queries, caller, Lease(holder.task_id, holder.token))
    if held.is_final:
        raise final_conflict(held.task)
    if not held.is_live(now):
        raise LeaseLost("the lease has run out")
    if held.task.status == TaskStatus.PROCESSING:
        return TaskChange(held.task, has_changed=False)
    if not await is_active(queries, held.task.linkedin_account_id):
        return await _release(queries, holder, held.task, _PAUSED, now)
    if permission is not None and not permission.opening.is_open(now):
        message = _closed_message(permission.opening)
        return await _release(queries, holder, held.task, message, now)
    raise _busy()


async def _release(
    queries: Queries, holder: LeaseHolder, queued: TaskRow, message: str, now: int
) -> TaskChange:
    refusal = Conflict(message)
    task = await release_held_task(queries, holder, now)
    if task is None:
        return TaskChange(queued, has_changed=False, refusal=refusal)
    await close_attempt(queries, task, AttemptOutcome.RELEASED, now)
    return TaskChange(task, refusal=refusal)


def _closed_message(opening: Opening) -> str:
    reason = opening.reason.value if opening.reason else "pacing"
    return f"the LinkedIn account may not begin this now ({reason}); the task waits until it may"


def _busy() -> AccountBusy:
    return AccountBusy("the LinkedIn account is carrying out another task; try again later")
