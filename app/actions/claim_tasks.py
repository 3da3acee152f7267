"""An agent takes tasks under a lease."""

import json

from app.actions.outside import Outside
from app.actions.steps.announce import announce_expired
from app.actions.steps.expire_leases import ExpiredLease, expire_leases
from app.actions.steps.note_serving import note_serving
from app.actions.steps.wake_tasks import wake_tasks
from app.domain.caller import AGENTS, Caller, require
from app.domain.ids import can_be_an_id
from app.domain.task_report import check_claim
from app.domain.times import MS_PER_SECOND
from app.domain.tokens import new_lease_token
from app.models.account_queries import connected_account_ids
from app.models.database import Queries
from app.models.task_rows import QUALIFIED_TASK, TASK, TaskRow, task_of

_SETS = """
status = 'queued', agent_id = $4, lease_expires_at = $6,
lease_token = CAST($5 AS TEXT) || '.' || substr(tasks.id, length(tasks.id) - 7),
claim_count = claim_count + 1, updated_at = $7, version = version + 1
"""
_READY = "status = 'pending' AND not_before IS NULL"
_NOT_BUSY = """
NOT EXISTS (SELECT 1 FROM tasks running
            WHERE running.linkedin_account_id = account.id AND running.status = 'processing')
"""
# One look-up an account, each along the index `tasks_claimable`: the cost is the number of tasks
# asked for, never the number that wait.
_CLAIM_ON_POSTGRES = f"""
WITH picked AS (
    SELECT best.seq FROM linkedin_accounts account CROSS JOIN LATERAL (
        SELECT seq, priority FROM tasks
        WHERE linkedin_account_id = account.id AND {_READY}
        ORDER BY priority DESC, seq LIMIT $3 FOR UPDATE SKIP LOCKED
    ) best
    WHERE account.workspace_id = $1 AND account.id = ANY($2::text[])
      AND account.status = 'active' AND {_NOT_BUSY}
    ORDER BY best.priority DESC, best.seq LIMIT $3
), claimed AS (
    UPDATE tasks SET {_SETS} FROM picked
    WHERE tasks.seq = picked.seq AND tasks.status = 'pending' RETURNING {QUALIFIED_TASK}
), noted AS (
    INSERT INTO task_attempts
        (task_seq, number, agent_id, lease_token, outcome, claimed_at, is_dry_run)
    SELECT seq, claim_count, agent_id, lease_token, 'running', $7,
        (SELECT is_dry_run FROM agents WHERE id = $4) FROM claimed
)
SELECT {TASK} FROM claimed ORDER BY priority DESC, seq
"""
_CLAIM_ON_SQLITE = f"""
UPDATE tasks SET {_SETS} WHERE seq IN (
    SELECT best.seq FROM json_each($2) wanted
    JOIN linkedin_accounts account ON account.id = wanted.value
    JOIN tasks best ON best.seq IN (
        SELECT seq FROM tasks WHERE linkedin_account_id = account.id AND {_READY}
        ORDER BY priority DESC, seq LIMIT $3
    )
    WHERE account.workspace_id = $1 AND account.status = 'active' AND {_NOT_BUSY}
    ORDER BY best.priority DESC, best.seq LIMIT $3
) RETURNING {TASK}
"""
_NOTE_ATTEMPT = """
INSERT INTO task_attempts
    (task_seq, number, agent_id, lease_token, outcome, claimed_at, is_dry_run)
VALUES ($1, $2, $3, $4, 'running', $5, (SELECT is_dry_run FROM agents WHERE id = $3))
"""


async def claim_tasks(
    outside: Outside,
    caller: Caller | None,
    *,
    account_ids: list[str],
    limit: int,
    lease_seconds: int,
) -> list[TaskRow]:
    """Up to `limit` tasks of these accounts, highest priority first, then oldest.

    An empty list means every account of the workspace. Accounts that are not the workspace's own,
    not active, or at work are passed over. Raises BadInput.
    """
    known = require(caller, AGENTS)
    check_claim(account_ids, limit, lease_seconds)
    await note_serving(outside, known, account_ids)
    named = sorted({one for one in account_ids if can_be_an_id(one)})

    async def unit(queries: Queries) -> tuple[list[ExpiredLease], list[TaskRow]]:
        now = outside.now()
        wanted = named or await connected_account_ids(queries, known.workspace_id)
        expired = await expire_leases(queries, outside.settings, now, account_ids=wanted)
        await wake_tasks(queries, now, account_ids=wanted)
        values = (
            known.workspace_id,
            limit,
            known.credential_id,
            now + lease_seconds * MS_PER_SECOND,
        )
        return expired, await _claim(queries, wanted, now, values)

    if account_ids and not named:
        return []
    expired, claimed = await outside.database.transaction(unit)
    announce_expired(outside, expired)
    for task in claimed:
        outside.events.task_changed(task.snapshot())
    return claimed


async def _claim(
    queries: Queries, account_ids: list[str], now: int, values: tuple[str, int, str, int]
) -> list[TaskRow]:
    workspace_id, limit, agent_id, expires_at = values
    token = new_lease_token()
    if not queries.is_sqlite:
        rows = await queries.rows(
            _CLAIM_ON_POSTGRES, workspace_id, account_ids, limit, agent_id, token, expires_at, now
        )
        return [task_of(row) for row in rows]
    wanted = json.dumps(account_ids)
    rows = await queries.rows(
        _CLAIM_ON_SQLITE, workspace_id, wanted, limit, agent_id, token, expires_at, now
    )
    claimed = sorted((task_of(row) for row in rows), key=lambda task: (-task.priority, task.seq))
    for task in claimed:
        await queries.change(
            _NOTE_ATTEMPT, task.seq, task.claim_count, agent_id, task.lease_token, now
        )
    return claimed
