"""A LinkedIn account's row, inserted or active again."""

from app.domain.access.workspace_limits import MOST_LINKEDIN_ACCOUNTS, require_room
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


async def connect_account(
    queries: Queries, workspace_id: str, new: NewLinkedInAccount, now: int
) -> AccountRow:
    """Returns the account, connected, in the open transaction; the first is the default.

    Raises BadInput past the limit of connected accounts.
    """
    await lock_workspace(queries, workspace_id)
    key = profile_key(new.profile_url)
    await merge_person(queries, workspace_id, key)
    held = await count_other_accounts(queries, workspace_id, key)
    require_room(held, MOST_LINKEDIN_ACCOUNTS, "LinkedIn accounts", "disconnect")
    is_first = not await has_any_account(queries, workspace_id)
    return await upsert_account(queries, workspace_id, new, key=key, is_default=is_first, now=now)
