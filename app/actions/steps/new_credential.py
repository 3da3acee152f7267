"""Rows for keys and agents; of a token only its hash and a hint are kept."""

from app.domain.ids import new_id
from app.domain.tokens import hash_of, hint_of
from app.models.credential import Agent, ApiKey


async def insert_api_key(
    workspace_id: str, *, name: str, token: str, expires_at: int | None, now: int
) -> ApiKey:
    """The row of a new key."""
    return await ApiKey.create(
        id=new_id("key", now),
        workspace_id=workspace_id,
        name=name,
        hint=hint_of(token),
        token_hash=hash_of(token),
        created_at=now,
        expires_at=expires_at,
    )


async def insert_agent(workspace_id: str, *, name: str, token: str, now: int) -> Agent:
    """The row of a new agent."""
    return await Agent.create(
        id=new_id("agt", now),
        workspace_id=workspace_id,
        name=name,
        hint=hint_of(token),
        token_hash=hash_of(token),
        created_at=now,
    )
