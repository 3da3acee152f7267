"""An agent stops working, everywhere within five seconds; its leases run out."""

from app.actions.outside import Outside
from app.domain.caller import PEOPLE, Caller, require_known
from app.domain.errors import NotFound
from app.domain.ids import can_be_an_id
from app.models.credential import Agent


async def revoke_agent(outside: Outside, caller: Caller | None, agent_id: str) -> Agent:
    """The revoked agent; one that was revoked before stays as it is. Raises NotFound."""
    known = require_known(caller, PEOPLE)
    found = Agent.filter(id=agent_id, workspace_id=known.workspace_id)
    if not can_be_an_id(agent_id) or not await found.exists():
        raise NotFound("there is no such agent")
    await found.filter(revoked_at=None).update(revoked_at=outside.now())
    outside.trusted.forget(agent_id)
    outside.events.credential_changed(agent_id)
    return await found.get()
