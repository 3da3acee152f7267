"""Leases that ran out: their tasks go back, or end, by what may have happened on LinkedIn."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from app.actions.steps.finish_task import finish_task
from app.actions.steps.move_task import NO_LEASE, close_attempt, move_sql, one_task
from app.actions.steps.queue_delivery import NewDelivery
from app.domain.task import (
    LOST_MESSAGES,
    ActionType,
    AttemptOutcome,
    Move,
    TaskStatus,
    failed_result,
    verdict_on_lost,
)
from app.domain.task_retry import retry_delay_ms
from app.models.database import Queries
from app.models.task_rows import QUALIFIED_TASK, TaskRow, json_text, task_of
from app.settings import Settings

_EXPIRED = f"""
SELECT {QUALIFIED_TASK} FROM tasks
WHERE status IN ('queued', 'processing') AND lease_expires_at <= $1
"""
_UNDER_LEASE = "seq = $2 AND lease_token = $3 AND lease_expires_at <= $1"
_GIVE_BACK = move_sql(
    f"status = 'pending', {NO_LEASE}", f"{_UNDER_LEASE} AND status = 'queued'", Move.LOSE_LEASE
)
# The token stays: a late report under it is believed until the next claim.
_RETRY = move_sql(
    "status = 'pending', lease_expires_at = NULL, not_before = $4",
    f"{_UNDER_LEASE} AND status = 'processing'",
    Move.LOSE_LEASE,
)
_FAIL = move_sql(
    f"status = 'failed', result = $4, completed_at = $1, {NO_LEASE}",
    f"{_UNDER_LEASE} AND status = 'processing'",
    Move.LOSE_LEASE,
)


@dataclass(frozen=True, slots=True)
class ExpiredLease:
    """A task whose lease ran out, as it is now, and the deliveries that this caused."""

    task: TaskRow
    deliveries: list[NewDelivery]


async def expire_leases(
    queries: Queries,
    settings: Settings,
    now: int,
    *,
    account_ids: Sequence[str] | None = None,
    limit: int = 100,
) -> list[ExpiredLease]:
    """Deal with the leases that have run out, of these accounts or up to `limit` of all."""
    expired = []
    for task in await _find(queries, now, account_ids, limit):
        moved = await _expire(queries, settings, now, task)
        if moved is not None:
            expired.append(moved)
    return expired


async def _find(
    queries: Queries, now: int, account_ids: Sequence[str] | None, limit: int
) -> list[TaskRow]:
    values: list[object] = [now, limit]
    sql = _EXPIRED
    if account_ids is not None and queries.is_sqlite:
        sql += " AND linkedin_account_id IN (SELECT value FROM json_each($3))"
        values.append(json.dumps(list(account_ids)))
    elif account_ids is not None:
        sql += " AND linkedin_account_id = ANY($3::text[])"
        values.append(list(account_ids))
    sql += " ORDER BY lease_expires_at LIMIT $2"
    if not queries.is_sqlite:
        sql += " FOR UPDATE SKIP LOCKED"
    return [task_of(row) for row in await queries.rows(sql, *values)]


async def _expire(
    queries: Queries, settings: Settings, now: int, task: TaskRow
) -> ExpiredLease | None:
    lease = (now, task.seq, task.lease_token)
    if task.status == TaskStatus.QUEUED:
        moved = await one_task(queries, _GIVE_BACK, *lease)
        if moved is None:
            return None
        await close_attempt(queries, moved, AttemptOutcome.RELEASED, now)
        return ExpiredLease(moved, [])
    return await _lose(queries, settings, now, task)


async def _lose(
    queries: Queries, settings: Settings, now: int, task: TaskRow
) -> ExpiredLease | None:
    lease = (now, task.seq, task.lease_token)
    verdict = verdict_on_lost(ActionType(task.action_type), task.attempt_count, task.max_retries)
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
