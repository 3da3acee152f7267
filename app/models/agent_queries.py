"""Named queries about desktop agents: what they announced, and that they went."""

import json

from app.domain.access.agent import Announcement
from app.models.engine.database import Queries

_ANNOUNCED = """
UPDATE agents SET features = $2, driver = $3, driver_version = $4, is_attended = $5,
    is_dry_run = $6, announced_at = $7, last_seen_at = $7, offline_at = NULL
WHERE id = $1
"""
_ONLINE = """
SELECT count(*) AS online FROM agents
WHERE last_seen_at > $1 AND revoked_at IS NULL AND last_seen_at > COALESCE(offline_at, 0)
"""
_OWN = """
SELECT count(*) AS own FROM linkedin_accounts WHERE workspace_id = $1 AND id IN ({})
"""
_OWN_ON_POSTGRES = _OWN.format("SELECT * FROM json_array_elements_text($2::json)")
_OWN_ON_SQLITE = _OWN.format("SELECT value FROM json_each($2)")


async def note_announced(
    queries: Queries, agent_id: str, announcement: Announcement, now: int
) -> None:
    """Keep what the agent said of itself; it is there."""
    await queries.change(
        _ANNOUNCED,
        agent_id,
        json.dumps(announcement.features),
        announcement.driver,
        announcement.driver_version,
        announcement.is_attended,
        announcement.is_dry_run,
        now,
    )


async def note_gone(queries: Queries, agent_id: str, now: int) -> None:
    """The agent said that it goes; what is heard of it later shows that it is back."""
    await queries.change("UPDATE agents SET offline_at = $2 WHERE id = $1", agent_id, now)


async def all_are_own_accounts(
    queries: Queries, workspace_id: str, account_ids: tuple[str, ...]
) -> bool:
    """Whether each of these different ids is one of the workspace's accounts."""
    sql = _OWN_ON_SQLITE if queries.is_sqlite else _OWN_ON_POSTGRES
    row = await queries.row(sql, workspace_id, json.dumps(account_ids))
    return row is not None and row["own"] == len(account_ids)


async def count_online(queries: Queries, now: int, online_ms: int) -> int:
    """How many agents were heard within that time and have not said that they went."""
    row = await queries.row(_ONLINE, now - online_ms)
    return 0 if row is None else int(row["online"])
