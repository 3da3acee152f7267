"""Tasks whose time has come, by schedule or after a back-off, become claimable."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from app.models.database import Queries

_DUE = "status = 'pending' AND not_before IS NOT NULL AND not_before <= $1"
_WAKE_ALL = f"""
UPDATE tasks SET not_before = NULL WHERE seq IN (
    SELECT seq FROM tasks WHERE {_DUE} ORDER BY not_before LIMIT $2
) AND {_DUE} RETURNING workspace_id, linkedin_account_id
"""
_WAKE_ON_POSTGRES = f"""
UPDATE tasks SET not_before = NULL WHERE {_DUE} AND linkedin_account_id = ANY($2::text[])
RETURNING workspace_id, linkedin_account_id
"""
_WAKE_ON_SQLITE = f"""
UPDATE tasks SET not_before = NULL
WHERE {_DUE} AND linkedin_account_id IN (SELECT value FROM json_each($2))
RETURNING workspace_id, linkedin_account_id
"""


@dataclass(frozen=True, slots=True)
class AwakeAccount:
    """An account that has work it did not have before."""

    workspace_id: str
    account_id: str


async def wake_tasks(
    queries: Queries, now: int, *, account_ids: Sequence[str] | None = None, limit: int = 500
) -> set[AwakeAccount]:
    """Wake what is due, of these accounts or up to `limit` of all."""
    if account_ids is None:
        rows = await queries.rows(_WAKE_ALL, now, limit)
    elif queries.is_sqlite:
        rows = await queries.rows(_WAKE_ON_SQLITE, now, json.dumps(list(account_ids)))
    else:
        rows = await queries.rows(_WAKE_ON_POSTGRES, now, list(account_ids))
    return {AwakeAccount(row["workspace_id"], row["linkedin_account_id"]) for row in rows}
