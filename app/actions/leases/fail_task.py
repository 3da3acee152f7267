"""An agent reports that the action failed."""

from dataclasses import dataclass

from app.actions.steps.after_commit import publish_change
from app.actions.steps.tasks.lease import HeldTask, held_task, holder_of
from app.actions.steps.tasks.stale_report import resolve_stale_report
from app.actions.steps.tasks.task_change import TaskChange
from app.actions.steps.tasks.task_transition import close_attempt
from app.domain.access.caller import Caller, require
from app.domain.tasks.lease import Failure, Lease
from app.domain.tasks.retry_backoff import retry_delay_ms
from app.domain.tasks.task import AttemptOutcome, TaskStatus, failed_result, tries_are_left
from app.domain.times import MS_PER_SECOND
from app.models.engine.database import Queries
from app.models.linkedin.linkedin_account_queries import stays_connected
from app.models.tasks.lease_queries import (
    LeaseHolder,
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
    held = await held_task(failing.queries, failing.caller, failing.lease)
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


async def _close(failing: _Failing, task: TaskRow | None) -> TaskChange:
    queries, report = failing.queries, failing.failure.report
    if task is None:
        return await resolve_stale_report(queries, failing.caller, failing.lease, report)
    return await close_attempt(
        queries, task, AttemptOutcome.FAILED, failing.now, error=failing.error, report=report
    )


async def _add_late_failure(failing: _Failing, held: HeldTask) -> TaskChange:
    """Adds the reason to the attempt. The task stays pending, as since its lease expired."""
    queries, token, report = failing.queries, failing.lease.token, failing.failure.report
    task = await end_late_lease(queries, held.task.seq, token, failing.now)
    if task is None:
        return await _close(failing, None)
    await add_failure(queries, task.seq, held.attempt.number, error=failing.error, report=report)
    return TaskChange(task)
