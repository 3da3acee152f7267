"""Named queries about people."""

from app.models.engine.database import Queries, Row
from app.models.tables.workspace import User

_INSERT = """
INSERT INTO users (id, workspace_id, email, password_hash, created_at)
VALUES ($1, $2, $3, $4, $5) ON CONFLICT (email) DO NOTHING RETURNING id
"""
_BY_EMAIL = "SELECT id, workspace_id, password_hash FROM users WHERE email = $1"


async def insert_user(
    queries: Queries, user_id: str, workspace_id: str, *, email: str, password_hash: str, now: int
) -> bool:
    """Inserts a person; False if this email is taken."""
    values = (user_id, workspace_id, email, password_hash, now)
    return await queries.row(_INSERT, *values) is not None


async def find_user_row(queries: Queries, user_id: str) -> User | None:
    """Returns a person, or None."""
    return await queries.read(User.get_or_none(id=user_id))


async def find_sign_in(queries: Queries, email: str) -> Row | None:
    """Returns the id, workspace and password hash of the person with this email, or None."""
    return await queries.row(_BY_EMAIL, email)
