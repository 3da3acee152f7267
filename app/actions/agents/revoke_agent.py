"""Revoking an agent, everywhere within five seconds; its leases expire."""

from app.domain.access.caller import PEOPLE, Caller, require_known
from app.domain.errors import NotFound
from app.domain.ids import is_valid_id
from app.models.access.agent_queries import revoke_agent_row
from app.models.engine.database import Queries
from app.models.tables.credential import Agent
from app.services.services import Services


async def revoke_agent(services: Services, caller: Caller | None, agent_id: str) -> Agent:
    """Returns the revoked agent; one that was revoked before does not change. Raises NotFound."""
    known = require_known(caller, PEOPLE)
    revoked = None
    if is_valid_id(agent_id):

        async def unit(queries: Queries) -> Agent | None:
            return await revoke_agent_row(queries, known.workspace_id, agent_id, services.now())

        revoked = await services.database.transaction(unit)
    if revoked is None:
        raise NotFound("there is no such agent")
    services.credential_cache.forget(revoked.id)
    services.events.credential_changed(revoked.id)
    return revoked
