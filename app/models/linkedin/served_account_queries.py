"""Which agent serves which LinkedIn account."""

import json
from collections.abc import Sequence

from app.domain.access.served_accounts import EVERY_ACCOUNT
from app.models.engine.database import Queries

_COLUMNS = "(agent_id, workspace_id, linkedin_account_id, first_at, last_at)"
_AGAIN = "ON CONFLICT (agent_id, linkedin_account_id) DO UPDATE SET last_at = excluded.last_at"
_NOTE = f"""
INSERT INTO agent_accounts {_COLUMNS}
SELECT $1, workspace_id, id, $4, $4 FROM linkedin_accounts
WHERE workspace_id = $2 AND id IN ({{}}) ORDER BY id
{_AGAIN}
"""
_NOTE_ON_POSTGRES = _NOTE.format("SELECT * FROM json_array_elements_text($3::json)")
_NOTE_ON_SQLITE = _NOTE.format("SELECT value FROM json_each($3)")
_NOTE_ALL = f"INSERT INTO agent_accounts {_COLUMNS} VALUES ($1, $2, $3, $4, $4) {_AGAIN}"


async def record_served(
    queries: Queries, agent_id: str, workspace_id: str, account_ids: Sequence[str], now: int
) -> None:
    """Records that the agent serves those of these accounts that are the workspace's own."""
    sql = _NOTE_ON_SQLITE if queries.is_sqlite else _NOTE_ON_POSTGRES
    await queries.change(sql, agent_id, workspace_id, json.dumps(account_ids), now)


async def record_all_served(queries: Queries, agent_id: str, workspace_id: str, now: int) -> None:
    """Records that the agent serves every account of the workspace, those connected later too."""
    await queries.change(_NOTE_ALL, agent_id, workspace_id, EVERY_ACCOUNT, now)
