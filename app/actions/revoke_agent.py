"""An agent stops working, everywhere within five seconds; its leases run out."""

from app.actions.outside import Outside
from app.domain.caller import PEOPLE, Caller, require_known
from app.domain.errors import NotFound
from app.domain.ids import can_be_an_id
from app.models.credential import Agent
from app.models.database import Queries


async def revoke_agent(outside: Outside, caller: Caller | None, agent_id: str) -> Agent:
    """The revoked agent; one that was revoked before stays as it is. Raises NotFound."""
    known = require_known(caller, PEOPLE)
    revoked = None
    if can_be_an_id(agent_id):

        async def unit(_queries: Queries) -> Agent | None:
            found = Agent.filter(id=agent_id, workspace_id=known.workspace_id)
            await found.filter(revoked_at=None).update(revoked_at=outside.now())
            return await found.first()

        revoked = await outside.database.transaction(unit)
    if revoked is None:
        raise NotFound("there is no such agent")
    outside.trusted.forget(revoked.id)
    outside.events.credential_changed(revoked.id)
    return revoked
