"""A session: a random token in the browser, its hash in the database."""

from dataclasses import dataclass

from app.domain.access.tokens import new_session_token
from app.models.access.session_queries import insert_session
from app.models.engine.database import Queries


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session that has just begun; the token is not stored."""

    id: str
    token: str
    user_id: str
    workspace_id: str


async def open_session(queries: Queries, user_id: str, workspace_id: str, now: int) -> OpenSession:
    """Returns a new session; it ends after 90 days at the latest."""
    token = new_session_token()
    session_id = await insert_session(queries, user_id, workspace_id, token=token, now=now)
    return OpenSession(session_id, token, user_id, workspace_id)
