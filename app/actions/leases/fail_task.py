"""An agent says that the action failed."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.actions.steps.announce import announce_deliveries
from app.actions.steps.finish_task import finish_task
from app.actions.steps.lease import HeldTask, held_task
from app.actions.steps.queue_delivery import QueuedDelivery
from app.actions.steps.stale_report import resolve_stale_report
from app.actions.steps.task_transition import NO_LEASE, close_attempt, one_task, transition_sql
from app.domain.access.caller import AGENTS, Caller, require
from app.domain.errors import ZenModeError
from app.domain.tasks.lease import Failure, Lease, validate_failure
from app.domain.tasks.retry_backoff import retry_delay_ms
from app.domain.tasks.task import (
    AttemptOutcome,
    TaskStatus,
    Transition,
    failed_result,
    tries_are_left,
)
from app.domain.times import MS_PER_SECOND
from app.models.engine.database import Queries
from app.models.linkedin_account_queries import stays_connected
from app.models.task_rows import TaskRow, json_text
from app.services.services import Services

_UNDER_LEASE = "id = $2 AND workspace_id = $3 AND lease_token = $4 AND agent_id = $5"
_FAIL = transition_sql(
    f"status = 'failed', result = $6, completed_at = $1, not_before = NULL, {NO_LEASE}",
    _UNDER_LEASE,
    Transition.FAIL,
    Transition.FAIL_LATE,
)
_RETRY = transition_sql(
    f"status = 'pending', not_before = $6, {NO_LEASE}", _UNDER_LEASE, Transition.RETRY
)
_FILL_ATTEMPT = """
UPDATE task_attempts SET error = $3, report = $4
WHERE task_seq = $1 AND number = $2 AND report IS NULL
"""
_END_LATE_LEASE = transition_sql(NO_LEASE, "seq = $2 AND lease_token = $3", Transition.FAIL_LATE)


@dataclass(frozen=True, slots=True)
class _Outcome:
    task: TaskRow
    has_moved: bool = False
    deliveries: tuple[QueuedDelivery, ...] = ()
    refusal: ZenModeError | None = None


@dataclass(frozen=True, slots=True)
class _Failing:
    services: Services
    queries: Queries
    caller: Caller
    lease: Lease
    failure: Failure
    now: int

    @property
    def values(self) -> tuple[object, ...]:
        holder = (self.caller.workspace_id, self.lease.token, self.caller.credential_id)
        return (self.now, self.lease.task_id, *holder)

    @property
    def error(self) -> str:
        return json_text(self.failure.error)


async def fail_task(
    services: Services, caller: Caller | None, lease: Lease, raw: Mapping[str, object]
) -> TaskRow:
    """The task: pending again while retries are left, else failed; sent twice it answers the same.

    `raw` has code, message, retryable and retry_after_seconds.
    Raises BadInput, NotFound, LeaseLost or Conflict.
    """
    known = require(caller, AGENTS)
    failure = validate_failure(raw)

    async def unit(queries: Queries) -> _Outcome:
        return await _fail(_Failing(services, queries, known, lease, failure, services.now()))

    outcome = await services.database.transaction(unit)
    if outcome.refusal is not None:
        raise outcome.refusal
    if outcome.has_moved:
        services.events.task_changed(outcome.task.snapshot())
        announce_deliveries(services, outcome.deliveries)
    return outcome.task


async def _fail(failing: _Failing) -> _Outcome:
    held = await held_task(failing.queries, failing.caller, failing.lease)
    if not failing.failure.retryable:
        return await _end(failing)
    if held.task.status == TaskStatus.PENDING and held.task.lease_token == failing.lease.token:
        return await _note_late(failing, held)
    if await _can_run_again(failing.queries, held.task):
        return await _retry(failing, held)
    return await _end(failing)


async def _can_run_again(queries: Queries, task: TaskRow) -> bool:
    has_tries = tries_are_left(task.attempt_count, task.max_retries)
    return has_tries and await stays_connected(queries, task.linkedin_account_id)


async def _retry(failing: _Failing, held: HeldTask) -> _Outcome:
    wait = failing.failure.retry_after_seconds
    if wait is None:
        backoff = failing.services.settings.retry_backoff_seconds
        delay = retry_delay_ms(held.task.attempt_count, backoff)
    else:
        delay = wait * MS_PER_SECOND
    not_before = failing.now + delay if delay else None
    moved = await one_task(failing.queries, _RETRY, *failing.values, not_before)
    return await _settle(failing, moved)


async def _end(failing: _Failing) -> _Outcome:
    result = json_text(failed_result(failing.failure.code, failing.failure.message))
    moved = await one_task(failing.queries, _FAIL, *failing.values, result)
    return await _settle(failing, moved)


async def _settle(failing: _Failing, moved: TaskRow | None) -> _Outcome:
    report = failing.failure.report
    if moved is None:
        held = await held_task(failing.queries, failing.caller, failing.lease)
        refusal = await resolve_stale_report(failing.queries, held, report)
        return _Outcome(held.task, refusal=refusal)
    await close_attempt(
        failing.queries,
        moved,
        AttemptOutcome.FAILED,
        failing.now,
        error=failing.error,
        report=report,
    )
    if moved.status == TaskStatus.PENDING:
        return _Outcome(moved, has_moved=True)
    deliveries = await finish_task(failing.queries, moved, failing.now)
    return _Outcome(moved, has_moved=True, deliveries=tuple(deliveries))


async def _note_late(failing: _Failing, held: HeldTask) -> _Outcome:
    """The task stays pending, as it went back when its lease ran out; the attempt learns why."""
    token, report = failing.lease.token, failing.failure.report
    task = await one_task(failing.queries, _END_LATE_LEASE, failing.now, held.task.seq, token)
    if task is None:
        return await _settle(failing, None)
    await failing.queries.change(
        _FILL_ATTEMPT, task.seq, held.attempt.number, failing.error, report
    )
    return _Outcome(task, has_moved=True)
