"""A LinkedIn account's row, inserted or active again."""

from app.actions.steps.pacing.pace_account import set_gates
from app.domain.access.workspace_limits import MOST_LINKEDIN_ACCOUNTS, require_room
from app.domain.ids import new_id
from app.domain.linkedin.linkedin_account import NewLinkedInAccount, profile_key
from app.models.access.workspace_queries import lock_workspace
from app.models.engine.database import Queries
from app.models.linkedin.linkedin_account_merging import merge_person
from app.models.linkedin.linkedin_account_queries import (
    AccountRow,
    count_other_accounts,
    has_any_account,
    upsert_account,
)
from app.models.pacing.account_pacing_queries import lock_pacing


async def connect_account(
    queries: Queries, workspace_id: str, new: NewLinkedInAccount, now: int
) -> AccountRow:
    """Returns the account, connected, in the open transaction; the first is the default.

    A new account is paced.

    Raises BadInput past the limit of connected accounts.
    """
    await lock_workspace(queries, workspace_id)
    key = profile_key(new.profile_url)
    await merge_person(queries, workspace_id, key)
    held = await count_other_accounts(queries, workspace_id, key)
    require_room(held, MOST_LINKEDIN_ACCOUNTS, "LinkedIn accounts", "disconnect")
    is_first = not await has_any_account(queries, workspace_id)
    new_account_id = new_id("acc", now)
    account = await upsert_account(
        queries, workspace_id, new, new_account_id, key=key, is_default=is_first, now=now
    )
    if account.id == new_account_id:
        await lock_pacing(queries, workspace_id, account.id, is_on=True)
        await set_gates(queries, account.id, now)
    return account
