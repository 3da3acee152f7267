"""Named queries about workspaces."""

from app.models.engine.database import Queries, Row
from app.models.tables.workspace import Workspace

_LISTED = """
SELECT id, name, subscription_status, subscription_ends_at, (
    SELECT email FROM users WHERE users.workspace_id = workspaces.id
    ORDER BY created_at, id LIMIT 1
) AS email FROM workspaces ORDER BY created_at, id
"""
_INSERT = """
INSERT INTO workspaces (id, name, subscription_status, subscription_ends_at, created_at)
VALUES ($1, $2, $3, $4, $5)
"""
_SET_SUBSCRIPTION = """
UPDATE workspaces SET subscription_status = $2, subscription_ends_at = $3 WHERE id = $1
"""


async def insert_workspace(
    queries: Queries, workspace_id: str, *, name: str, status: str, ends_at: int | None, now: int
) -> None:
    """Inserts a workspace; `status` and `ends_at` are those of its subscription."""
    await queries.change(_INSERT, workspace_id, name, status, ends_at, now)


async def change_subscription(
    queries: Queries, workspace_id: str, status: str, ends_at: int | None
) -> bool:
    """Sets a workspace's subscription; False if there is no such workspace."""
    return await queries.change(_SET_SUBSCRIPTION, workspace_id, status, ends_at) == 1


async def get_workspace(queries: Queries, workspace_id: str) -> Workspace:
    """Returns a workspace that exists."""
    return await queries.read(Workspace.get(id=workspace_id))


async def lock_workspace(queries: Queries, workspace_id: str) -> None:
    """Locks what belongs to the workspace as a whole until the commit."""
    await queries.change("UPDATE workspaces SET name = name WHERE id = $1", workspace_id)


async def find_workspace(queries: Queries, workspace_id: str) -> Row | None:
    """Returns a workspace by its id, or None."""
    return await queries.row(
        "SELECT id, name, subscription_status, subscription_ends_at, created_at "
        "FROM workspaces WHERE id = $1",
        workspace_id,
    )


async def list_workspaces(queries: Queries) -> list[Row]:
    """Returns every workspace with the email of its first person, oldest first."""
    return await queries.rows(_LISTED)
