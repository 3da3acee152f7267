"""An agent announces what it is and what it can do."""

from app.domain.access.agent import Announcement, are_valid_ids
from app.domain.access.caller import Caller, require
from app.domain.errors import NotFound
from app.models.access.agent_queries import all_are_own_accounts, get_agent_row, note_announced
from app.models.engine.database import Queries
from app.models.linkedin.served_account_queries import record_served
from app.models.tables.credential import Agent
from app.services.services import Services


async def announce_agent(
    services: Services, caller: Caller | None, announcement: Announcement
) -> Agent:
    """Returns the agent, online; the announcement replaces the previous one.

    The accounts that it names count as served by it. Raises NotFound for an account of another
    workspace.
    """
    known = require(caller, announcement.senders)
    if not are_valid_ids(announcement):
        raise _no_such_account()

    async def unit(queries: Queries) -> None:
        await _announce(queries, known, announcement, services.now())

    await services.database.transaction(unit)
    return await get_agent_row(services.database, known.credential_id)


async def _announce(queries: Queries, agent: Caller, said: Announcement, now: int) -> None:
    if said.linkedin_account_ids:
        if not await all_are_own_accounts(queries, agent.workspace_id, said.linkedin_account_ids):
            raise _no_such_account()
        await record_served(
            queries, agent.credential_id, agent.workspace_id, said.linkedin_account_ids, now
        )
    await note_announced(queries, agent.credential_id, said, now)


def _no_such_account() -> NotFound:
    return NotFound("there is no such LinkedIn account")
