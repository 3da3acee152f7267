"""Connecting a LinkedIn account; the same profile again is the same account."""

from app.actions.steps.linkedin.connect_account import connect_account
from app.domain.access.caller import Caller, require
from app.domain.linkedin.linkedin_account import NewLinkedInAccount
from app.models.engine.database import Queries
from app.models.linkedin.linkedin_account_queries import AccountRow
from app.services.services import Services


async def connect_linkedin_account(
    services: Services, caller: Caller | None, new: NewLinkedInAccount
) -> AccountRow:
    """Returns the account, connected; the first of a workspace becomes its default.

    Raises BadInput for a workspace that has all the accounts it can.
    """
    known = require(caller, new.senders)

    async def unit(queries: Queries) -> AccountRow:
        return await connect_account(queries, known.workspace_id, new, services.now())

    account = await services.database.transaction(unit)
    services.events.work_appeared(known.workspace_id, [account.id])
    return account
