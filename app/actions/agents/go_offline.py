"""An agent says that it goes, so that nobody has to wait until it was not heard for a minute."""

from app.domain.access.caller import AGENTS, Caller, require_known
from app.models.access.agent_queries import get_agent_row, note_gone
from app.models.tables.credential import Agent
from app.services.services import Services


async def go_offline(services: Services, caller: Caller | None) -> Agent:
    """The agent, offline until it is heard again. It may go whatever the subscription is."""
    known = require_known(caller, AGENTS)
    await note_gone(services.database, known.credential_id, services.now())
    return await get_agent_row(services.database, known.credential_id)
