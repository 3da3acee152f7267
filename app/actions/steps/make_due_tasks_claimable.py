"""Tasks whose time has come, by schedule or after a back-off, become claimable."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from app.models.engine.database import Queries, Row

_DUE = "status = 'pending' AND not_before IS NOT NULL AND not_before <= $1"
_WAKE = f"UPDATE tasks SET not_before = NULL WHERE seq {{}} AND {_DUE}"
_WOKEN = "RETURNING seq, workspace_id, linkedin_account_id"

_OF_ALL = f"SELECT seq FROM tasks WHERE {_DUE} ORDER BY not_before LIMIT $2"
_OF_SOME_ON_SQLITE = f"""
SELECT seq FROM tasks WHERE {_DUE}
AND linkedin_account_id IN (SELECT value FROM json_each($2)) AND workspace_id = $3
"""
# In one order everywhere, so that two claims never wait for each other.
_OF_SOME_ON_POSTGRES = f"""
SELECT seq FROM tasks WHERE {_DUE}
AND linkedin_account_id = ANY($2::text[]) AND workspace_id = $3 ORDER BY seq FOR UPDATE
"""


@dataclass(frozen=True, slots=True)
class ClaimableTask:
    """A task that can be claimed and could not be before."""

    seq: int
    workspace_id: str
    account_id: str


async def make_due_tasks_claimable(
    queries: Queries, now: int, workspace_id: str, account_ids: Sequence[str]
) -> list[ClaimableTask]:
    """Wake what is due of these accounts, as far as they are the workspace's own."""
    if queries.is_sqlite:
        sql = f"{_WAKE.format(f'IN ({_OF_SOME_ON_SQLITE})')} {_WOKEN}"
        return _awake(await queries.rows(sql, now, json.dumps(list(account_ids)), workspace_id))
    sql = f"{_WAKE.format(f'= ANY(ARRAY({_OF_SOME_ON_POSTGRES}))')} {_WOKEN}"
    return _awake(await queries.rows(sql, now, list(account_ids), workspace_id))


async def wake_tasks_of_all(queries: Queries, now: int, *, limit: int) -> list[ClaimableTask]:
    """Wake up to `limit` tasks that are due, but for those that somebody else is changing."""
    if queries.is_sqlite:
        sql = f"{_WAKE.format(f'IN ({_OF_ALL})')} {_WOKEN}"
    else:
        sql = f"{_WAKE.format(f'= ANY(ARRAY({_OF_ALL} FOR UPDATE SKIP LOCKED))')} {_WOKEN}"
    return _awake(await queries.rows(sql, now, limit))


def _awake(rows: Sequence[Row]) -> list[ClaimableTask]:
    return [
        ClaimableTask(row["seq"], row["workspace_id"], row["linkedin_account_id"]) for row in rows
    ]
