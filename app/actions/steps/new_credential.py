"""Rows for keys and agents; of a token only its hash and a hint are kept."""

from app.domain.access.tokens import hash_of, hint_of
from app.domain.access.workspace_limits import MOST_AGENTS, MOST_API_KEYS, require_room
from app.domain.ids import new_id
from app.models.engine.database import Queries
from app.models.tables.credential import Agent, ApiKey
from app.models.workspace_queries import lock_workspace


async def insert_api_key(
    queries: Queries, workspace_id: str, *, name: str, token: str, expires_at: int | None, now: int
) -> ApiKey:
    """The row of a new key, in the open transaction. Raises BadInput past the most there may be."""
    await lock_workspace(queries, workspace_id)
    held = await ApiKey.filter(workspace_id=workspace_id, revoked_at=None).count()
    require_room(held, MOST_API_KEYS, "API keys", "revoke")
    return await ApiKey.create(
        id=new_id("key", now),
        workspace_id=workspace_id,
        name=name,
        hint=hint_of(token),
        token_hash=hash_of(token),
        created_at=now,
        expires_at=expires_at,
    )


async def insert_agent(
    queries: Queries, workspace_id: str, *, name: str, token: str, now: int
) -> Agent:
    """The row of a new agent, in the open transaction. Raises BadInput past the most."""
    await lock_workspace(queries, workspace_id)
    held = await Agent.filter(workspace_id=workspace_id, revoked_at=None).count()
    require_room(held, MOST_AGENTS, "agents", "revoke")
    return await Agent.create(
        id=new_id("agt", now),
        workspace_id=workspace_id,
        name=name,
        hint=hint_of(token),
        token_hash=hash_of(token),
        created_at=now,
    )
