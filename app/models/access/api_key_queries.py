"""Named queries about API keys."""

from app.domain.access.tokens import hash_of, hint_of
from app.domain.ids import new_id
from app.models.access.credential_list_queries import count_held, find_held, list_held, revoke_held
from app.models.engine.database import Queries
from app.models.tables.credential import ApiKey


async def find_own_api_key(queries: Queries, key_id: str) -> ApiKey | None:
    """Returns the key with which a request was authenticated; None if its id is of another kind."""
    return await queries.read(ApiKey.get_or_none(id=key_id))


async def find_api_key_row(queries: Queries, workspace_id: str, key_id: str) -> ApiKey | None:
    """Returns a workspace's key, or None."""
    return await find_held(queries, ApiKey, workspace_id, key_id)


async def list_api_keys(
    queries: Queries, workspace_id: str, *, since: int, most: int
) -> list[ApiKey]:
    """Returns a workspace's keys as `list_held` does."""
    return await list_held(queries, ApiKey, workspace_id, since=since, most=most)


async def count_api_keys(queries: Queries, workspace_id: str) -> int:
    """Returns how many keys of a workspace are not revoked."""
    return await count_held(queries, ApiKey, workspace_id)


async def insert_api_key_row(
    queries: Queries, workspace_id: str, *, name: str, token: str, expires_at: int | None, now: int
) -> ApiKey:
    """Returns the row of a new key; of its token it keeps a hash and a hint."""
    return await queries.read(
        ApiKey.create(
            id=new_id("key", now),
            workspace_id=workspace_id,
            name=name,
            hint=hint_of(token),
            token_hash=hash_of(token),
            created_at=now,
            expires_at=expires_at,
        )
    )


async def revoke_api_key_row(
    queries: Queries, workspace_id: str, key_id: str, now: int
) -> ApiKey | None:
    """Returns the revoked key, or None if the workspace has none with this id."""
    return await revoke_held(queries, ApiKey, workspace_id, key_id, now)
