"""An agent says what it is and what it can."""

from collections.abc import Mapping

from app.actions.outside import Outside
from app.domain.agent import Announcement, can_all_be_ids, check_announcement
from app.domain.caller import AGENTS, Caller, require
from app.domain.errors import NotFound
from app.models.agent_queries import all_are_own_accounts, note_announced
from app.models.credential import Agent
from app.models.database import Queries
from app.models.serving_queries import note_served


async def announce_agent(
    outside: Outside, caller: Caller | None, raw: Mapping[str, object]
) -> Agent:
    """The agent, online; what it announced before is replaced.

    The accounts that it names count as served by it. Raises BadInput, or NotFound for an account
    that is not the workspace's.
    """
    known = require(caller, AGENTS)
    announcement = check_announcement(raw)
    if not can_all_be_ids(announcement):
        raise _no_such_account()

    async def unit(queries: Queries) -> None:
        await _announce(queries, known, announcement, outside.now())

    await outside.database.transaction(unit)
    return await outside.database.read(Agent.get(id=known.credential_id))


async def _announce(queries: Queries, agent: Caller, said: Announcement, now: int) -> None:
    if said.account_ids:
        if not await all_are_own_accounts(queries, agent.workspace_id, said.account_ids):
            raise _no_such_account()
        await note_served(queries, agent.credential_id, agent.workspace_id, said.account_ids, now)
    await note_announced(queries, agent.credential_id, said, now)


def _no_such_account() -> NotFound:
    return NotFound("there is no such LinkedIn account")
