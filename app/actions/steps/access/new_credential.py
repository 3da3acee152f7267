"""New API keys and agents, as many as a workspace may have."""

from app.domain.access.workspace_limits import MOST_AGENTS, MOST_API_KEYS, require_room
from app.models.access.agent_queries import count_agents, insert_agent_row
from app.models.access.api_key_queries import count_api_keys, insert_api_key_row
from app.models.access.workspace_queries import lock_workspace
from app.models.engine.database import Queries
from app.models.tables.credential import Agent, ApiKey


async def insert_api_key(
    queries: Queries, workspace_id: str, *, name: str, token: str, expires_at: int | None, now: int
) -> ApiKey:
    """Returns the row of a new key, in the open transaction. Raises BadInput past the limit."""
    await lock_workspace(queries, workspace_id)
    held = await count_api_keys(queries, workspace_id)
    require_room(held, MOST_API_KEYS, "API keys", "revoke")
    return await insert_api_key_row(
        queries, workspace_id, name=name, token=token, expires_at=expires_at, now=now
    )


async def insert_agent(
    queries: Queries, workspace_id: str, *, name: str, token: str, now: int
) -> Agent:
    """Returns the row of a new agent, in the open transaction. Raises BadInput past the limit."""
    await lock_workspace(queries, workspace_id)
    held = await count_agents(queries, workspace_id)
    require_room(held, MOST_AGENTS, "agents", "revoke")
    return await insert_agent_row(queries, workspace_id, name=name, token=token, now=now)
