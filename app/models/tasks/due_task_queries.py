"""Tasks that are due, by schedule or after a back-off, become claimable."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from app.models.engine.database import Queries, Row

_DUE = "status = 'pending' AND not_before IS NOT NULL AND not_before <= $1"
_MAKE_CLAIMABLE = f"""
UPDATE tasks SET not_before = NULL WHERE seq {{}} AND {_DUE}
RETURNING seq, workspace_id, linkedin_account_id
"""
_OF_ALL = f"SELECT seq FROM tasks WHERE {_DUE} ORDER BY not_before LIMIT $2"
_ALL_ON_SQLITE = _MAKE_CLAIMABLE.format(f"IN ({_OF_ALL})")
_ALL_ON_POSTGRES = _MAKE_CLAIMABLE.format(f"= ANY(ARRAY({_OF_ALL} FOR UPDATE SKIP LOCKED))")
_OF_ACCOUNTS_ON_SQLITE = _MAKE_CLAIMABLE.format(
    f"""IN (
    SELECT seq FROM tasks WHERE {_DUE}
    AND linkedin_account_id IN (SELECT value FROM json_each($2)) AND workspace_id = $3
)"""
)
# Always in the same order, so that two claims never wait for each other.
_OF_ACCOUNTS_ON_POSTGRES = _MAKE_CLAIMABLE.format(
    f"""= ANY(ARRAY(
    SELECT seq FROM tasks WHERE {_DUE}
    AND linkedin_account_id = ANY($2::text[]) AND workspace_id = $3 ORDER BY seq FOR UPDATE
))"""
)


@dataclass(frozen=True, slots=True)
class ClaimableTask:
    """A task that has become claimable."""

    seq: int
    workspace_id: str
    account_id: str


async def make_due_tasks_claimable(
    queries: Queries, now: int, workspace_id: str, account_ids: Sequence[str]
) -> list[ClaimableTask]:
    """Returns the tasks of these accounts of a workspace that were due and are now claimable."""
    ids = list(account_ids)
    if queries.is_sqlite:
        rows = await queries.rows(_OF_ACCOUNTS_ON_SQLITE, now, json.dumps(ids), workspace_id)
    else:
        rows = await queries.rows(_OF_ACCOUNTS_ON_POSTGRES, now, ids, workspace_id)
    return _claimable(rows)


async def make_all_due_tasks_claimable(
    queries: Queries, now: int, *, limit: int
) -> list[ClaimableTask]:
    """The same for up to `limit` tasks of all workspaces; skips rows that others are changing."""
    sql = _ALL_ON_SQLITE if queries.is_sqlite else _ALL_ON_POSTGRES
    return _claimable(await queries.rows(sql, now, limit))


def _claimable(rows: Sequence[Row]) -> list[ClaimableTask]:
    return [
        ClaimableTask(row["seq"], row["workspace_id"], row["linkedin_account_id"]) for row in rows
    ]
