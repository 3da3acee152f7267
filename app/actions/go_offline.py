"""An agent says that it goes, so that nobody has to wait until it was not heard for a minute."""

from app.actions.outside import Outside
from app.domain.caller import AGENTS, Caller, require_known
from app.models.agent_queries import note_gone
from app.models.credential import Agent


async def go_offline(outside: Outside, caller: Caller | None) -> Agent:
    """The agent, offline until it is heard again. It may go whatever the subscription is."""
    known = require_known(caller, AGENTS)
    await note_gone(outside.database, known.credential_id, outside.now())
    return await outside.database.read(Agent.get(id=known.credential_id))
