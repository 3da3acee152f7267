"""Connecting a LinkedIn account; the same profile again is the same account."""

from collections.abc import Mapping

from app.actions.steps.connect_account import connect_account
from app.domain.access.caller import PEOPLE_AND_AGENTS, Caller, require
from app.domain.linkedin.linkedin_account import validate_new_linkedin_account
from app.models.engine.database import Queries
from app.models.linkedin_account_queries import AccountRow
from app.services.services import Services


async def connect_linkedin_account(
    services: Services, caller: Caller | None, raw: Mapping[str, object]
) -> AccountRow:
    """The account, connected; a workspace's first becomes its default.

    `raw` has name and profile_url. Raises BadInput.
    """
    known = require(caller, PEOPLE_AND_AGENTS)
    new = validate_new_linkedin_account(raw)

    async def unit(queries: Queries) -> AccountRow:
        return await connect_account(queries, known.workspace_id, new, services.now())

    account = await services.database.transaction(unit)
    services.events.work_appeared(known.workspace_id, [account.id])
    return account
