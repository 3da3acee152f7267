"""Leases that ran out: their tasks go back, or end, by what may have happened on LinkedIn."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from app.actions.steps.finish_task import finish_task
from app.actions.steps.queue_delivery import QueuedDelivery
from app.actions.steps.task_transition import NO_LEASE, close_attempt, one_task, transition_sql
from app.domain.tasks.retry_backoff import retry_delay_ms
from app.domain.tasks.task import (
    LOST_MESSAGES,
    ActionType,
    AttemptOutcome,
    TaskStatus,
    Transition,
    failed_result,
    tries_are_left,
    verdict_on_lost,
)
from app.models.engine.database import Queries
from app.models.task_rows import QUALIFIED_TASK, TaskRow, json_text, task_of
from app.settings import Settings

_EXPIRED = f"""
SELECT {QUALIFIED_TASK}, account.status <> 'disconnected' AS can_run_again
FROM tasks JOIN linkedin_accounts account ON account.id = tasks.linkedin_account_id
WHERE tasks.status IN ('queued', 'processing') AND tasks.lease_expires_at <= $1
"""
_OF_SOME_ON_POSTGRES = (
    " AND tasks.workspace_id = $3 AND tasks.linkedin_account_id = ANY($4::text[])"
)
_OF_SOME_ON_SQLITE = """
AND tasks.workspace_id = $3 AND tasks.linkedin_account_id IN (SELECT value FROM json_each($4))
"""
# Passing over what others are changing: the next sweep finds it.
_LOCKED = "FOR UPDATE OF tasks SKIP LOCKED FOR KEY SHARE OF account SKIP LOCKED"
_UNDER_LEASE = "seq = $2 AND lease_token = $3 AND lease_expires_at <= $1"
_GIVE_BACK = transition_sql(
    f"status = 'pending', {NO_LEASE}",
    f"{_UNDER_LEASE} AND status = 'queued'",
    Transition.LOSE_LEASE,
)
# The token stays: a late report under it is believed until the next claim.
_RETRY = transition_sql(
    "status = 'pending', lease_expires_at = NULL, not_before = $4",
    f"{_UNDER_LEASE} AND status = 'processing'",
    Transition.LOSE_LEASE,
)
_FAIL = transition_sql(
    f"status = 'failed', result = $4, completed_at = $1, {NO_LEASE}",
    f"{_UNDER_LEASE} AND status = 'processing'",
    Transition.LOSE_LEASE,
)


@dataclass(frozen=True, slots=True)
class ExpiredLease:
    """A task whose lease ran out, as it is now, and the deliveries that this caused."""

    task: TaskRow
    deliveries: list[QueuedDelivery]


@dataclass(frozen=True, slots=True)
class _RunOut:
    task: TaskRow
    can_run_again: bool


async def expire_leases(
    queries: Queries,
    settings: Settings,
    now: int,
    *,
    of: tuple[str, Sequence[str]] | None = None,
    limit: int = 100,
) -> list[ExpiredLease]:
    """Deal with the leases that have run out, up to `limit`.

    `of`: a workspace's id and those of accounts, which count as far as they are its own; else of
    all workspaces.
    """
    expired = []
    found = await _find(queries, now, of, limit)
    # By account, so that two who add to accounts' counts never wait for each other.
    for one in sorted(found, key=lambda one: (one.task.linkedin_account_id, one.task.seq)):
        moved = await _expire(queries, settings, now, one)
        if moved is not None:
            expired.append(moved)
    return expired


async def _find(
    queries: Queries, now: int, of: tuple[str, Sequence[str]] | None, limit: int
) -> list[_RunOut]:
    values: list[object] = [now, limit]
    sql = _EXPIRED
    if of is not None:
        workspace_id, account_ids = of
        ids = (
            "SELECT value FROM json_each($4)" if queries.is_sqlite else "SELECT unnest($4::text[])"
        )
        sql += f" AND tasks.workspace_id = $3 AND tasks.linkedin_account_id IN ({ids})"
        accounts = list(account_ids)
        values += [workspace_id, json.dumps(accounts) if queries.is_sqlite else accounts]
    sql += " ORDER BY tasks.lease_expires_at LIMIT $2"
    if not queries.is_sqlite:
        sql += f" {_LOCKED}"
    rows = await queries.rows(sql, *values)
    return [_RunOut(task_of(tuple(row)[:-1]), bool(row["can_run_again"])) for row in rows]


async def _expire(
    queries: Queries, settings: Settings, now: int, run_out: _RunOut
) -> ExpiredLease | None:
    task = run_out.task
    lease = (now, task.seq, task.lease_token)
    if task.status == TaskStatus.QUEUED:
        moved = await one_task(queries, _GIVE_BACK, *lease)
        if moved is None:
            return None
        await close_attempt(queries, moved, AttemptOutcome.RELEASED, now)
        return ExpiredLease(moved, [])
    return await _lose(queries, settings, now, run_out)


async def _lose(
    queries: Queries, settings: Settings, now: int, run_out: _RunOut
) -> ExpiredLease | None:
    task = run_out.task
    lease = (now, task.seq, task.lease_token)
    has_tries = run_out.can_run_again and tries_are_left(task.attempt_count, task.max_retries)
    verdict = verdict_on_lost(ActionType(task.action_type), can_run_again=has_tries)
    if verdict is None:
        delay = retry_delay_ms(task.attempt_count, settings.retry_backoff_seconds)
        moved = await one_task(queries, _RETRY, *lease, now + delay)
    else:
        result = json_text(failed_result(verdict, LOST_MESSAGES[verdict]))
        moved = await one_task(queries, _FAIL, *lease, result)
    if moved is None:
        return None
    error = None
    if verdict is not None:
        error = json_text({"code": verdict, "message": LOST_MESSAGES[verdict]})
    await close_attempt(queries, moved, AttemptOutcome.LOST, now, error=error)
    deliveries = await finish_task(queries, moved, now) if verdict is not None else []
    return ExpiredLease(moved, deliveries)
