"""Named queries about workspaces and people."""

from app.models.engine.database import Queries, Row

_LISTED = """
SELECT id, name, subscription_status, subscription_ends_at, (
    SELECT email FROM users WHERE users.workspace_id = workspaces.id
    ORDER BY created_at, id LIMIT 1
) AS email FROM workspaces ORDER BY created_at, id
"""


async def lock_workspace(queries: Queries, workspace_id: str) -> None:
    """Let nobody else change what belongs to the workspace as a whole until the commit."""
    await queries.change("UPDATE workspaces SET name = name WHERE id = $1", workspace_id)


async def find_workspace(queries: Queries, workspace_id: str) -> Row | None:
    """A workspace by its id."""
    return await queries.row(
        "SELECT id, name, subscription_status, subscription_ends_at, created_at "
        "FROM workspaces WHERE id = $1",
        workspace_id,
    )


async def find_user(queries: Queries, user_id: str) -> Row | None:
    """A person by their id."""
    return await queries.row("SELECT id, email, created_at FROM users WHERE id = $1", user_id)


async def list_workspaces(queries: Queries) -> list[Row]:
    """Every workspace with the email of its first person, oldest first."""
    return await queries.rows(_LISTED)
