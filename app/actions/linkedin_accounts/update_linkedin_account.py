"""Renaming, pausing, resuming a LinkedIn account, or making it the default."""

from dataclasses import replace

from app.actions.steps.linkedin.own_account import own_account
from app.domain.access.caller import Caller, require
from app.domain.errors import Conflict
from app.domain.linkedin.linkedin_account import (
    AccountStatus,
    LinkedInAccountChange,
)
from app.models.access.workspace_queries import lock_workspace
from app.models.engine.database import Queries
from app.models.linkedin.linkedin_account_queries import (
    AccountRow,
    change_account,
    find_account,
    unset_default,
)
from app.services.services import Services


async def update_linkedin_account(
    services: Services, caller: Caller | None, change: LinkedInAccountChange
) -> AccountRow:
    """Returns the account, changed.

    Raises NotFound, or Conflict for an account that is disconnected.
    """
    known = require(caller, change.senders)

    async def unit(queries: Queries) -> AccountRow:
        await lock_workspace(queries, known.workspace_id)
        account = await own_account(queries, known, change.id)
        if account.status == AccountStatus.DISCONNECTED:
            raise Conflict("the account is disconnected; connect it again first")
        return await _apply(queries, account, change)

    account = await services.database.transaction(unit)
    if account.status == AccountStatus.ACTIVE:
        services.events.work_appeared(known.workspace_id, [account.id])
    return account


async def _apply(
    queries: Queries, account: AccountRow, change: LinkedInAccountChange
) -> AccountRow:
    if change.is_default:
        await unset_default(queries, account.workspace_id)
    is_default = account.is_default if change.is_default is None else change.is_default
    changed = replace(
        account,
        name=change.name or account.name,
        status=change.status.value if change.status else account.status,
        is_default=is_default,
    )
    await change_account(queries, changed)
    return await find_account(queries, account.workspace_id, account.id) or account
