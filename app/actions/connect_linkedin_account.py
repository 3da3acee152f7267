"""Connecting a LinkedIn account; the same profile again is the same account."""

from collections.abc import Mapping

from app.actions.outside import Outside
from app.actions.steps.connect_account import connect_account
from app.domain.caller import PEOPLE_AND_AGENTS, Caller, require
from app.domain.linkedin import check_account_order
from app.models.account_queries import AccountRow
from app.models.database import Queries


async def connect_linkedin_account(
    outside: Outside, caller: Caller | None, raw: Mapping[str, object]
) -> AccountRow:
    """The account, connected; a workspace's first becomes its default.

    `raw` has name and profile_url. Raises BadInput.
    """
    known = require(caller, PEOPLE_AND_AGENTS)
    order = check_account_order(raw)

    async def unit(queries: Queries) -> AccountRow:
        return await connect_account(queries, known.workspace_id, order, outside.now())

    account = await outside.database.transaction(unit)
    outside.events.work_appeared(known.workspace_id, [account.id])
    return account
