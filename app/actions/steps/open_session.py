"""A session: a random reference in the browser, its hash in the database."""

from dataclasses import dataclass

from app.domain.access.tokens import hash_of, new_session_token
from app.domain.access.user import SESSION_LIFE_MS
from app.domain.ids import new_id
from app.models.engine.database import Queries

_INSERT = """
INSERT INTO sessions (id, token_hash, user_id, workspace_id, created_at, last_used_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $5, $6)
"""


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session just begun; the token is known here and never again."""

    id: str
    token: str
    user_id: str
    workspace_id: str


async def open_session(queries: Queries, user_id: str, workspace_id: str, now: int) -> OpenSession:
    """A new session; it ends after 90 days at the latest."""
    session = OpenSession(new_id("ses", now), new_session_token(), user_id, workspace_id)
    await queries.change(
        _INSERT,
        session.id,
        hash_of(session.token),
        user_id,
        workspace_id,
        now,
        now + SESSION_LIFE_MS,
    )
    return session
