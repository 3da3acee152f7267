"""An agent begins a task that it holds."""

from app.actions.steps.lease import check_lease_format, final_conflict, held_task
from app.actions.steps.task_transition import NO_LEASE, close_attempt, one_task, transition_sql
from app.domain.access.caller import AGENTS, Caller, require
from app.domain.errors import AccountBusy, Conflict, LeaseLost, ZenModeError
from app.domain.tasks.lease import Lease
from app.domain.tasks.task import AttemptOutcome, TaskStatus, Transition
from app.models.engine.database import ConstraintViolatedError, Queries
from app.models.task_rows import TaskRow
from app.services.services import Services

_LIVE = """id = $2 AND workspace_id = $3 AND lease_token = $4 AND agent_id = $5
AND lease_expires_at > $1"""
_START = transition_sql(
    "status = 'processing', started_at = $1, attempt_count = attempt_count + 1",
    f"""{_LIVE} AND EXISTS (
        SELECT 1 FROM linkedin_accounts account
        WHERE account.id = tasks.linkedin_account_id AND account.status = 'active'
    ) AND NOT EXISTS (
        SELECT 1 FROM tasks running
        WHERE running.linkedin_account_id = tasks.linkedin_account_id
          AND running.status = 'processing'
    )""",
    Transition.START,
)
_PUT_BACK = transition_sql(f"status = 'pending', {NO_LEASE}", _LIVE, Transition.START)
_NOTE_START = "UPDATE task_attempts SET started_at = $3 WHERE task_seq = $1 AND number = $2"
_ACCOUNT = "SELECT status FROM linkedin_accounts WHERE id = $1"


async def start_task(services: Services, caller: Caller | None, lease: Lease) -> TaskRow:
    """The task, now processing; sent twice it answers the same.

    Raises NotFound, LeaseLost, AccountBusy, or Conflict: for a final task, and for a paused
    account, whose task goes back to pending.
    """
    known = require(caller, AGENTS)
    check_lease_format(lease)

    async def unit(queries: Queries) -> tuple[TaskRow | None, ZenModeError | None]:
        return await _start(queries, known, lease, services.now())

    try:
        moved, refusal = await services.database.transaction(unit)
    except ConstraintViolatedError:
        raise _busy() from None
    if moved is not None:
        services.events.task_changed(moved.snapshot())
    if refusal is not None:
        raise refusal
    if moved is None:
        held = await held_task(services.database, known, lease)
        return held.task
    return moved


async def _start(
    queries: Queries, caller: Caller, lease: Lease, now: int
) -> tuple[TaskRow | None, ZenModeError | None]:
    values = (now, lease.task_id, caller.workspace_id, lease.token, caller.credential_id)
    moved = await one_task(queries, _START, *values)
    if moved is not None:
        await queries.change(_NOTE_START, moved.seq, moved.claim_count, now)
        return moved, None
    held = await held_task(queries, caller, lease)
    if held.is_final:
        return None, final_conflict(held.task)
    if not held.is_live(now):
        return None, LeaseLost("the lease has run out")
    if held.task.status == TaskStatus.PROCESSING:
        return None, None
    account = await queries.row(_ACCOUNT, held.task.linkedin_account_id)
    if account is not None and account["status"] == "active":
        return None, _busy()
    return await _put_back(queries, values)


async def _put_back(
    queries: Queries, values: tuple[int, str, str, str, str]
) -> tuple[TaskRow | None, ZenModeError]:
    moved = await one_task(queries, _PUT_BACK, *values)
    if moved is not None:
        await close_attempt(queries, moved, AttemptOutcome.RELEASED, values[0])
    return moved, Conflict("the LinkedIn account is paused; the task waits until it is resumed")


def _busy() -> AccountBusy:
    return AccountBusy("the LinkedIn account is carrying out another task; try again later")
