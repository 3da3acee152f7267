"""Named queries that begin and end the sessions of people."""

from app.domain.access.tokens import hash_of
from app.domain.access.user import SESSION_LIFE_MS
from app.domain.ids import new_id
from app.models.engine.database import Queries

_INSERT = """
INSERT INTO sessions (id, token_hash, user_id, workspace_id, created_at, last_used_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $5, $6)
"""
_DELETE = "DELETE FROM sessions WHERE id = $1"


async def insert_session(
    queries: Queries, user_id: str, workspace_id: str, *, token: str, now: int
) -> str:
    """Returns the id of a new session; of its token the row keeps a hash."""
    session_id = new_id("ses", now)
    expires_at = now + SESSION_LIFE_MS
    values = (session_id, hash_of(token), user_id, workspace_id, now, expires_at)
    await queries.change(_INSERT, *values)
    return session_id


async def delete_session(queries: Queries, session_id: str) -> None:
    """Deletes a session's row, if there is one."""
    await queries.change(_DELETE, session_id)
