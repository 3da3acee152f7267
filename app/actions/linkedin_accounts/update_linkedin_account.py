"""Renaming, pausing, resuming a LinkedIn account, or making it the default."""

from app.actions.steps.own_task import own_account
from app.domain.access.caller import Caller, require
from app.domain.errors import Conflict
from app.domain.linkedin.linkedin_account import (
    AccountStatus,
    LinkedInAccountChange,
)
from app.models.engine.database import Queries
from app.models.linkedin_account_queries import AccountRow, find_account
from app.models.workspace_queries import lock_workspace
from app.services.services import Services

_UNSET_DEFAULT = "UPDATE linkedin_accounts SET is_default = $2 WHERE workspace_id = $1"
_CHANGE = "UPDATE linkedin_accounts SET name = $3, status = $4, is_default = $5"


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
        await queries.change(_UNSET_DEFAULT, account.workspace_id, False)
    await queries.change(
        f"{_CHANGE} WHERE id = $1 AND workspace_id = $2",
        account.id,
        account.workspace_id,
        change.name or account.name,
        change.status.value if change.status else account.status,
        account.is_default if change.is_default is None else change.is_default,
    )
    changed = await find_account(queries, account.workspace_id, account.id)
    return changed or account
