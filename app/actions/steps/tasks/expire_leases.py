"""Tasks whose lease has expired are released, retried or failed.

Which of the three depends on what may have happened on LinkedIn.
"""

from collections.abc import Sequence

from app.actions.steps.tasks.task_change import TaskChange
from app.actions.steps.tasks.task_transition import close_attempt
from app.domain.tasks.lost_task import LOST_MESSAGES, verdict_on_lost
from app.domain.tasks.retry_backoff import retry_delay_ms
from app.domain.tasks.task import (
    ActionType,
    AttemptOutcome,
    TaskStatus,
    failed_result,
    tries_are_left,
)
from app.models.engine.database import Queries
from app.models.tasks.lease_queries import (
    ExpiredLease,
    fail_expired_task,
    find_expired_leases,
    release_expired_task,
    retry_expired_task,
)
from app.models.tasks.task_rows import TaskRow, json_text
from app.settings import Settings


async def expire_leases(
    queries: Queries,
    settings: Settings,
    now: int,
    *,
    of: tuple[str, Sequence[str]] | None = None,
    limit: int = 100,
) -> list[TaskChange]:
    """Returns the tasks, up to `limit`, whose lease had expired, as they are now.

    `of`: the id of a workspace and the ids of accounts of it; None means all workspaces.
    """
    changes = []
    expired = await find_expired_leases(queries, now, of=of, limit=limit)
    # By account, so that two transactions that add to accounts' counts never wait for each other.
    for lease in sorted(
        expired, key=lambda lease: (lease.task.linkedin_account_id, lease.task.seq)
    ):
        change = await _expire(queries, settings, now, lease)
        if change is not None:
            changes.append(change)
    return changes


async def _expire(
    queries: Queries, settings: Settings, now: int, lease: ExpiredLease
) -> TaskChange | None:
    task = lease.task
    if task.status == TaskStatus.QUEUED:
        released = await release_expired_task(queries, task, now)
        if released is None:
            return None
        return await close_attempt(queries, released, AttemptOutcome.RELEASED, now)
    has_tries = lease.can_run_again and tries_are_left(task.attempt_count, task.max_retries)
    code = verdict_on_lost(ActionType(task.action_type), can_run_again=has_tries)
    if code is None:
        return await _retry(queries, settings, now, task)
    return await _fail(queries, now, task, code)


async def _retry(
    queries: Queries, settings: Settings, now: int, task: TaskRow
) -> TaskChange | None:
    delay = retry_delay_ms(task.attempt_count, settings.retry_backoff_seconds)
    retried = await retry_expired_task(queries, task, now, now + delay)
    if retried is None:
        return None
    return await close_attempt(queries, retried, AttemptOutcome.LOST, now)


async def _fail(queries: Queries, now: int, task: TaskRow, code: str) -> TaskChange | None:
    message = LOST_MESSAGES[code]
    failed = await fail_expired_task(queries, task, now, json_text(failed_result(code, message)))
    if failed is None:
        return None
    error = json_text({"code": code, "message": message})
    return await close_attempt(queries, failed, AttemptOutcome.LOST, now, error=error)
