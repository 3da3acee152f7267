"""An agent announces that it stops, so that it is offline at once, not a minute later."""

from app.domain.access.caller import AGENTS, Caller, require_known
from app.models.access.agent_queries import get_agent_row, note_gone
from app.models.tables.credential import Agent
from app.services.services import Services


async def go_offline(services: Services, caller: Caller | None) -> Agent:
    """Returns the agent, offline until its next request. No subscription is needed."""
    known = require_known(caller, AGENTS)
    await note_gone(services.database, known.credential_id, services.now())
    return await get_agent_row(services.database, known.credential_id)
