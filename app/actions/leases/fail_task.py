"""An agent reports that the action failed."""

from dataclasses import dataclass

from app.actions.steps.after_commit import publish_change
from app.actions.steps.pacing.apply_provider_limit import apply_provider_limit
from app.actions.steps.pacing.pace_account import end_action
from app.actions.steps.tasks.lease import HeldTask, held_task, holder_of
from app.actions.steps.tasks.stale_report import resolve_stale_report
from app.actions.steps.tasks.task_change import TaskChange
from app.actions.steps.tasks.task_transition import close_attempt
from app.domain.access.caller import Caller, require
from app.domain.leases.lease import Failure, Lease
from app.domain.pacing.pacing_inputs import ProviderLimit
from app.domain.tasks.lost_task import OUTCOME_UNKNOWN
from app.domain.tasks.retry_backoff import retry_delay_ms
from app.domain.tasks.task import AttemptOutcome, TaskStatus, failed_result, tries_are_left
from app.domain.times import MS_PER_SECOND
from app.models.engine.database import Queries
from app.models.linkedin.linkedin_account_queries import stays_connected
from app.models.pacing.account_action_queries import ActionState
from app.models.pacing.account_pacing_queries import lock_gated_of_task, lock_pacing
from app.models.tasks.lease_queries import (
    LeaseHolder,
    defer_held_task,
    end_late_lease,
    fail_held_task,
    retry_held_task,
)
from app.models.tasks.task_attempt_queries import add_failure
from app.models.tasks.task_rows import TaskRow, json_text
from app.services.services import Services


@dataclass(frozen=True, slots=True)
class _Failing:
    services: Services
    queries: Queries
    caller: Caller
    lease: Lease
    failure: Failure
    now: int

    @property
    def holder(self) -> LeaseHolder:
        return holder_of(self.caller, self.lease)

    @property
    def error(self) -> str:
        return json_text(self.failure.error)


async def fail_task(
    services: Services, caller: Caller | None, lease: Lease, failure: Failure
) -> TaskRow:
    """Returns the task: pending again while retries are left, else failed.

    A repeated call returns the same. Raises NotFound, LeaseLost or Conflict.
    """
    known = require(caller, failure.senders)

    async def unit(queries: Queries) -> TaskChange:
        return await _fail(_Failing(services, queries, known, lease, failure, services.now()))

    return publish_change(services, await services.database.transaction(unit))


async def _fail(failing: _Failing) -> TaskChange:
    # Before the task, as a start does: what was not done is given back to the account.
    holder = failing.holder
    await lock_gated_of_task(failing.queries, holder.workspace_id, holder.task_id)
    held = await held_task(failing.queries, failing.caller, failing.lease)
    if failing.failure.provider_limit is not None:
        return await _defer(failing, held, failing.failure.provider_limit)
    if not failing.failure.retryable:
        return await _end(failing)
    if held.task.status == TaskStatus.PENDING and held.task.lease_token == failing.lease.token:
        return await _add_late_failure(failing, held)
    if await _can_run_again(failing.queries, held.task):
        return await _retry(failing, held)
    return await _end(failing)


async def _can_run_again(queries: Queries, task: TaskRow) -> bool:
    has_tries = tries_are_left(task.attempt_count, task.max_retries)
    return has_tries and await stays_connected(queries, task.linkedin_account_id)


async def _defer(failing: _Failing, held: HeldTask, limit: ProviderLimit) -> TaskChange:
    """Returns the task to the others that wait; LinkedIn's stop holds them back."""
    queries, account_id = failing.queries, held.task.linkedin_account_id
    if not await stays_connected(queries, account_id):
        return await _end(failing)
    await lock_pacing(queries, held.task.workspace_id, account_id)
    task = await defer_held_task(queries, failing.holder, failing.now)
    if task is None:
        return await _close(failing, None)
    await apply_provider_limit(queries, task, failing.caller.credential_id, limit, failing.now)
    return await _close(failing, task, AttemptOutcome.DEFERRED)


async def _retry(failing: _Failing, held: HeldTask) -> TaskChange:
    wait = failing.failure.retry_after_seconds
    if wait is None:
        backoff = failing.services.settings.retry_backoff_seconds
        delay = retry_delay_ms(held.task.attempt_count, backoff)
    else:
        delay = wait * MS_PER_SECOND
    not_before = failing.now + delay if delay else None
    task = await retry_held_task(failing.queries, failing.holder, failing.now, not_before)
    return await _close(failing, task)


async def _end(failing: _Failing) -> TaskChange:
    result = json_text(failed_result(failing.failure.code, failing.failure.message))
    task = await fail_held_task(failing.queries, failing.holder, failing.now, result)
    return await _close(failing, task)


async def _close(
    failing: _Failing, task: TaskRow | None, outcome: AttemptOutcome = AttemptOutcome.FAILED
) -> TaskChange:
    queries, report = failing.queries, failing.failure.report
    if task is None:
        return await resolve_stale_report(queries, failing.caller, failing.lease, report)
    return await close_attempt(
        queries,
        task,
        outcome,
        failing.now,
        error=failing.error,
        report=report,
        action=ActionState.UNKNOWN if failing.failure.code == OUTCOME_UNKNOWN else None,
    )


async def _add_late_failure(failing: _Failing, held: HeldTask) -> TaskChange:
    """Adds the reason to the attempt. The task stays pending, as since its lease expired."""
    queries, token, report = failing.queries, failing.lease.token, failing.failure.report
    task = await end_late_lease(queries, held.task.seq, token, failing.now)
    if task is None:
        return await _close(failing, None)
    await add_failure(queries, task.seq, held.attempt.number, error=failing.error, report=report)
    await end_action(queries, task, ActionState.NOT_DONE, failing.now)
    return TaskChange(task)
