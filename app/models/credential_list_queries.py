"""Lists of keys and agents, which end however many were made and revoked."""

from typing import TypeVar

from app.models.tables.credential import Agent, ApiKey

Kind = TypeVar("Kind", ApiKey, Agent)


async def list_held(model: type[Kind], workspace_id: str, *, since: int, most: int) -> list[Kind]:
    """Those of a workspace that work, and the last revoked ones after `since`; newest first.

    No more than `most`: those that work first.
    """
    held = await model.filter(workspace_id=workspace_id, revoked_at=None).limit(most)
    if room := most - len(held):
        revoked = model.filter(workspace_id=workspace_id, revoked_at__gt=since)
        held += await revoked.order_by("-revoked_at").limit(room)
    return sorted(held, key=lambda one: (one.created_at, one.id), reverse=True)
