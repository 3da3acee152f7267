"""A workspace and its owner."""

from dataclasses import dataclass

from app.domain.access.subscription import SubscriptionStatus
from app.domain.ids import new_id
from app.models.access.user_queries import insert_user
from app.models.access.workspace_queries import insert_workspace
from app.models.engine.database import Queries


@dataclass(frozen=True, slots=True)
class OpenedWorkspace:
    """The ids of a new workspace and of its owner."""

    workspace_id: str
    user_id: str


class EmailTaken(Exception):
    """A person with this email exists; the transaction must roll back."""


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
    """Inserts a workspace and its owner. Raises EmailTaken."""
    opened = OpenedWorkspace(new_id("ws", now), new_id("usr", now))
    await insert_workspace(
        queries, opened.workspace_id, name=name, status=status.value, ends_at=ends_at, now=now
    )
    if not await insert_user(
        queries,
        opened.user_id,
        opened.workspace_id,
        email=email,
        password_hash=password_hash,
        now=now,
    ):
        raise EmailTaken
    return opened
