"""What API keys and agents have in common: held by a workspace until they are revoked."""

from typing import TypeVar

from app.models.engine.database import Queries
from app.models.tables.credential import Agent, ApiKey

Kind = TypeVar("Kind", ApiKey, Agent)


async def find_held(
    queries: Queries, model: type[Kind], workspace_id: str, credential_id: str
) -> Kind | None:
    """Returns a workspace's credential, revoked or not, or None."""
    return await queries.read(model.get_or_none(id=credential_id, workspace_id=workspace_id))


async def list_held(
    queries: Queries, model: type[Kind], workspace_id: str, *, since: int, most: int
) -> list[Kind]:
    """Returns a workspace's credentials that work, and those revoked after `since`; newest first.

    No more than `most`: those that work first, then those that were revoked last.
    """
    held = await queries.read(model.filter(workspace_id=workspace_id, revoked_at=None).limit(most))
    if room := most - len(held):
        revoked = model.filter(workspace_id=workspace_id, revoked_at__gt=since)
        held += await queries.read(revoked.order_by("-revoked_at").limit(room))
    return sorted(held, key=lambda row: (row.created_at, row.id), reverse=True)


async def count_held(queries: Queries, model: type[Kind], workspace_id: str) -> int:
    """Returns how many credentials of a workspace are not revoked."""
    return await queries.read(model.filter(workspace_id=workspace_id, revoked_at=None).count())


async def revoke_held(
    queries: Queries, model: type[Kind], workspace_id: str, credential_id: str, now: int
) -> Kind | None:
    """Revokes a credential unless it is revoked; returns it, or None if there is none."""
    found = model.filter(id=credential_id, workspace_id=workspace_id)
    await queries.read(found.filter(revoked_at=None).update(revoked_at=now))
    return await queries.read(found.first())
