"""What is done to a task under a lease: by the agent that holds it, or once it has expired."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.domain.tasks.task import Transition
from app.models.engine.database import Queries
from app.models.tasks.claimable_task import ACCOUNT_CAN_WORK
from app.models.tasks.task_rows import QUALIFIED_TASK, TASK, TaskRow, task_of
from app.models.tasks.task_transition_queries import NO_LEASE, changed_task, transition_sql

_UNDER_LEASE = "id = $2 AND workspace_id = $3 AND lease_token = $4 AND agent_id = $5"
_UNDER_LIVE_LEASE = f"{_UNDER_LEASE} AND lease_expires_at > $1"

_START = transition_sql(
    "status = 'processing', started_at = $1, attempt_count = attempt_count + 1",
    f"""{_UNDER_LIVE_LEASE} AND EXISTS (
        SELECT 1 FROM linkedin_accounts account
        WHERE account.id = tasks.linkedin_account_id AND {ACCOUNT_CAN_WORK}
    )""",
    Transition.START,
)
_RELEASE = transition_sql(f"status = 'pending', {NO_LEASE}", _UNDER_LIVE_LEASE, Transition.RELEASE)
_RENEW = f"""
UPDATE tasks SET lease_expires_at = $6
WHERE {_UNDER_LIVE_LEASE} AND status IN ('queued', 'processing')
RETURNING {TASK}
"""
# A pending task that still carries a lease's token lost its agent while it ran: the agent's report
# is accepted.
_COMPLETE = transition_sql(
    f"status = 'completed', result = $6, completed_at = $1, not_before = NULL, {NO_LEASE}",
    _UNDER_LEASE,
    Transition.COMPLETE,
    Transition.COMPLETE_LATE,
)
_FAIL = transition_sql(
    f"status = 'failed', result = $6, completed_at = $1, not_before = NULL, {NO_LEASE}",
    _UNDER_LEASE,
    Transition.FAIL,
    Transition.FAIL_LATE,
)
_RETRY = transition_sql(
    f"status = 'pending', not_before = $6, {NO_LEASE}", _UNDER_LEASE, Transition.RETRY
)
# The attempt does not count: LinkedIn refused it before anything happened.
_DEFER = transition_sql(
    f"status = 'pending', not_before = NULL, attempt_count = attempt_count - 1, {NO_LEASE}",
    _UNDER_LEASE,
    Transition.RETRY,
    Transition.DEFER_LATE,
)
_END_LATE_LEASE = transition_sql(NO_LEASE, "seq = $2 AND lease_token = $3", Transition.FAIL_LATE)

_EXPIRED = f"""
SELECT {QUALIFIED_TASK}, account.status <> 'disconnected' AS can_run_again
FROM tasks JOIN linkedin_accounts account ON account.id = tasks.linkedin_account_id
WHERE tasks.status IN ('queued', 'processing') AND tasks.lease_expires_at <= $1
"""
_OF_ACCOUNTS = " AND tasks.workspace_id = $3 AND tasks.linkedin_account_id IN ({})"
_OF_ACCOUNTS_ON_POSTGRES = _OF_ACCOUNTS.format("SELECT unnest($4::text[])")
_OF_ACCOUNTS_ON_SQLITE = _OF_ACCOUNTS.format("SELECT value FROM json_each($4)")
_OLDEST_FIRST = " ORDER BY tasks.lease_expires_at LIMIT $2"
# Rows that another transaction is changing are skipped: the next sweep finds them.
_LOCKED_ON_POSTGRES = " FOR UPDATE OF tasks SKIP LOCKED FOR KEY SHARE OF account SKIP LOCKED"
_UNDER_EXPIRED_LEASE = "seq = $2 AND lease_token = $3 AND lease_expires_at <= $1"
_RELEASE_EXPIRED = transition_sql(
    f"status = 'pending', {NO_LEASE}",
    f"{_UNDER_EXPIRED_LEASE} AND status = 'queued'",
    Transition.LOSE_LEASE,
)
# The token stays: a late report under it is accepted until the next claim.
_RETRY_EXPIRED = transition_sql(
    "status = 'pending', lease_expires_at = NULL, not_before = $4",
    f"{_UNDER_EXPIRED_LEASE} AND status = 'processing'",
    Transition.LOSE_LEASE,
)
_FAIL_EXPIRED = transition_sql(
    f"status = 'failed', result = $4, completed_at = $1, {NO_LEASE}",
    f"{_UNDER_EXPIRED_LEASE} AND status = 'processing'",
    Transition.LOSE_LEASE,
)


class LeaseHolder(NamedTuple):
    """A task, and the lease under which an agent of a workspace holds it."""

    task_id: str
    workspace_id: str
    token: str
    agent_id: str


@dataclass(frozen=True, slots=True)
class ExpiredLease:
    """A task whose lease has expired; `can_run_again` while its account is connected."""

    task: TaskRow
    can_run_again: bool


async def start_held_task(queries: Queries, holder: LeaseHolder, now: int) -> TaskRow | None:
    """Queued → processing. Returns None without a live lease, or if the account cannot work now.

    Raises ConstraintViolatedError if another task of the account starts at the same moment.
    """
    return await changed_task(queries, _START, now, *holder)


async def release_held_task(queries: Queries, holder: LeaseHolder, now: int) -> TaskRow | None:
    """Queued → pending. Returns None without a live lease, or once the task has started."""
    return await changed_task(queries, _RELEASE, now, *holder)


async def renew_held_task(
    queries: Queries, holder: LeaseHolder, now: int, expires_at: int
) -> TaskRow | None:
    """Moves the end of a live lease to `expires_at` (ms). Returns None without a live lease."""
    return await changed_task(queries, _RENEW, now, *holder, expires_at)


async def complete_held_task(
    queries: Queries, holder: LeaseHolder, now: int, result: str
) -> TaskRow | None:
    """Processing → completed, also late; `result` is JSON. Returns None if it is not possible."""
    return await changed_task(queries, _COMPLETE, now, *holder, result)


async def fail_held_task(
    queries: Queries, holder: LeaseHolder, now: int, result: str
) -> TaskRow | None:
    """Processing → failed, also late; `result` is JSON. Returns None if it is not possible."""
    return await changed_task(queries, _FAIL, now, *holder, result)


async def retry_held_task(
    queries: Queries, holder: LeaseHolder, now: int, not_before: int | None
) -> TaskRow | None:
    """Processing → pending until `not_before` (ms). Returns None if it is not possible."""
    return await changed_task(queries, _RETRY, now, *holder, not_before)


async def defer_held_task(queries: Queries, holder: LeaseHolder, now: int) -> TaskRow | None:
    """Processing → pending, also late, without an attempt counted. None if it is not possible."""
    return await changed_task(queries, _DEFER, now, *holder)


async def end_late_lease(queries: Queries, seq: int, token: str, now: int) -> TaskRow | None:
    """Takes the token of an expired lease from a pending task. Returns None if it has another."""
    return await changed_task(queries, _END_LATE_LEASE, now, seq, token)


async def find_expired_leases(
    queries: Queries, now: int, *, of: tuple[str, Sequence[str]] | None, limit: int
) -> list[ExpiredLease]:
    """Returns and locks up to `limit` tasks whose lease has expired, the oldest expiry first.

    `of`: the id of a workspace and the ids of accounts of it; None means all workspaces.
    """
    values: list[object] = [now, limit]
    condition = ""
    if of is not None:
        workspace_id, account_ids = of
        ids = list(account_ids)
        condition = _OF_ACCOUNTS_ON_SQLITE if queries.is_sqlite else _OF_ACCOUNTS_ON_POSTGRES
        values += [workspace_id, json.dumps(ids) if queries.is_sqlite else ids]
    lock = "" if queries.is_sqlite else _LOCKED_ON_POSTGRES
    rows = await queries.rows(f"{_EXPIRED}{condition}{_OLDEST_FIRST}{lock}", *values)
    return [ExpiredLease(task_of(tuple(row)[:-1]), bool(row["can_run_again"])) for row in rows]


async def release_expired_task(queries: Queries, task: TaskRow, now: int) -> TaskRow | None:
    """Queued → pending. Returns None if the lease was renewed or ended meanwhile."""
    return await changed_task(queries, _RELEASE_EXPIRED, now, task.seq, task.lease_token)


async def retry_expired_task(
    queries: Queries, task: TaskRow, now: int, not_before: int
) -> TaskRow | None:
    """Processing → pending until `not_before` (ms). Returns None as `release_expired_task`."""
    lease = (task.seq, task.lease_token)
    return await changed_task(queries, _RETRY_EXPIRED, now, *lease, not_before)


async def fail_expired_task(
    queries: Queries, task: TaskRow, now: int, result: str
) -> TaskRow | None:
    """Processing → failed; `result` is JSON. Returns None as `release_expired_task`."""
    return await changed_task(queries, _FAIL_EXPIRED, now, task.seq, task.lease_token, result)
