"""Renaming, pausing, resuming a LinkedIn account, or making it the default."""

from dataclasses import replace

from app.actions.steps.linkedin.own_account import own_account
from app.domain.access.caller import Caller, require
from app.domain.errors import BadInput, Conflict
from app.domain.input.input_field import LEFT_OUT
from app.domain.linkedin.linkedin_account import (
    AccountStatus,
    LinkedInAccountChange,
)
from app.models.access.user_queries import find_user_row
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

    Raises NotFound; Conflict for an account that is disconnected; BadInput for the note or the end
    of a pause of an account that is not paused.
    """
    known = require(caller, change.senders)

    async def unit(queries: Queries) -> AccountRow:
        await lock_workspace(queries, known.workspace_id)
        account = await own_account(queries, known, change.id)
        if account.status == AccountStatus.DISCONNECTED:
            raise Conflict("the account is disconnected; connect it again first")
        return await _apply(queries, account, change, known)

    account = await services.database.transaction(unit)
    if account.status == AccountStatus.ACTIVE:
        services.events.work_appeared(known.workspace_id, [account.id])
    return account


async def _apply(
    queries: Queries, account: AccountRow, change: LinkedInAccountChange, caller: Caller
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
    await change_account(queries, await _with_pause(queries, account, changed, change, caller))
    return await find_account(queries, account.workspace_id, account.id) or account


async def _with_pause(
    queries: Queries,
    before: AccountRow,
    account: AccountRow,
    change: LinkedInAccountChange,
    caller: Caller,
) -> AccountRow:
    sent = {
        name: value
        for name in ("paused_note", "paused_until")
        if (value := getattr(change, name)) is not LEFT_OUT
    }
    if account.status != AccountStatus.PAUSED:
        refused = [name for name, value in sent.items() if value is not None]
        if refused:
            raise BadInput.at(refused[0], "is only for an account that is paused")
        return replace(account, paused_note=None, paused_until=None, paused_by=None)
    if before.status != AccountStatus.PAUSED:
        user = await find_user_row(queries, caller.user_id) if caller.user_id else None
        account = replace(account, paused_by=user.email if user else None)
    return replace(account, **sent)
