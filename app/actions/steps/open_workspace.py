"""A workspace and its owner."""

from dataclasses import dataclass

from app.domain.access.subscription import SubscriptionStatus
from app.domain.ids import new_id
from app.models.engine.database import Queries

_WORKSPACE = """
INSERT INTO workspaces (id, name, subscription_status, subscription_ends_at, created_at)
VALUES ($1, $2, $3, $4, $5)
"""
_USER = """
INSERT INTO users (id, workspace_id, email, password_hash, created_at)
VALUES ($1, $2, $3, $4, $5) ON CONFLICT (email) DO NOTHING RETURNING id
"""


@dataclass(frozen=True, slots=True)
class OpenedWorkspace:
    """The ids of a workspace just made and of its owner."""

    workspace_id: str
    user_id: str


class EmailTaken(Exception):
    """Somebody has an account with this email; the transaction must roll back."""


async def open_workspace(
    queries: Queries,
    *,
    email: str,
    password_hash: str,
    name: str,
    status: SubscriptionStatus,
    ends_at: int | None,
    now: int,
) -> OpenedWorkspace:
    """The rows of both. Raises EmailTaken."""
    opened = OpenedWorkspace(new_id("ws", now), new_id("usr", now))
    await queries.change(_WORKSPACE, opened.workspace_id, name, status.value, ends_at, now)
    user = (opened.user_id, opened.workspace_id, email, password_hash, now)
    if await queries.row(_USER, *user) is None:
        raise EmailTaken
    return opened
