"""Named queries about desktop agents."""

import json
from collections.abc import Collection

from app.domain.access.agent import Announcement
from app.domain.access.tokens import hash_of, hint_of
from app.domain.ids import new_id
from app.models.access.credential_list_queries import count_held, find_held, list_held, revoke_held
from app.models.engine.database import Queries
from app.models.tables.credential import Agent

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


async def get_agent_row(queries: Queries, agent_id: str) -> Agent:
    """Returns an agent that exists."""
    return await queries.read(Agent.get(id=agent_id))


async def find_own_agent(queries: Queries, agent_id: str) -> Agent | None:
    """Returns the agent that sent a request; None if the id is that of another credential."""
    return await queries.read(Agent.get_or_none(id=agent_id))


async def find_agent_row(queries: Queries, workspace_id: str, agent_id: str) -> Agent | None:
    """Returns a workspace's agent, or None."""
    return await find_held(queries, Agent, workspace_id, agent_id)


async def list_agents(queries: Queries, workspace_id: str, *, since: int, most: int) -> list[Agent]:
    """Returns a workspace's agents as `list_held` does."""
    return await list_held(queries, Agent, workspace_id, since=since, most=most)


async def agents_by_id(
    queries: Queries, workspace_id: str, agent_ids: Collection[str]
) -> list[Agent]:
    """Returns these agents of a workspace, oldest first."""
    wanted = Agent.filter(workspace_id=workspace_id, id__in=sorted(agent_ids))
    return await queries.read(wanted.order_by("created_at", "id"))


async def count_agents(queries: Queries, workspace_id: str) -> int:
    """Returns how many agents of a workspace are not revoked."""
    return await count_held(queries, Agent, workspace_id)


async def insert_agent_row(
    queries: Queries, workspace_id: str, *, name: str, token: str, now: int
) -> Agent:
    """Returns the row of a new agent; of its token it keeps a hash and a hint."""
    return await queries.read(
        Agent.create(
            id=new_id("agt", now),
            workspace_id=workspace_id,
            name=name,
            hint=hint_of(token),
            token_hash=hash_of(token),
            created_at=now,
        )
    )


async def revoke_agent_row(
    queries: Queries, workspace_id: str, agent_id: str, now: int
) -> Agent | None:
    """Returns the revoked agent, or None if the workspace has none with this id."""
    return await revoke_held(queries, Agent, workspace_id, agent_id, now)


async def note_announced(
    queries: Queries, agent_id: str, announcement: Announcement, now: int
) -> None:
    """Stores what the agent announced; the agent is online."""
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
    """Stores that the agent has gone offline; its next request brings it online again."""
    await queries.change("UPDATE agents SET offline_at = $2 WHERE id = $1", agent_id, now)


async def all_are_own_accounts(
    queries: Queries, workspace_id: str, account_ids: tuple[str, ...]
) -> bool:
    """Returns whether each of these different ids is one of the workspace's accounts."""
    sql = _OWN_ON_SQLITE if queries.is_sqlite else _OWN_ON_POSTGRES
    row = await queries.row(sql, workspace_id, json.dumps(account_ids))
    return row is not None and row["own"] == len(account_ids)


async def count_online(queries: Queries, now: int, online_ms: int) -> int:
    """Returns how many agents sent a request within `online_ms` and have not gone offline."""
    row = await queries.row(_ONLINE, now - online_ms)
    return 0 if row is None else int(row["online"])
