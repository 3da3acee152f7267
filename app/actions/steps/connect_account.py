"""A LinkedIn account's row, made or made active again."""

from app.domain.access.workspace_limits import MOST_LINKEDIN_ACCOUNTS, require_room
from app.domain.ids import new_id
from app.domain.linkedin.linkedin_account import NewLinkedInAccount, profile_key
from app.models.engine.database import Queries
from app.models.linkedin_account_merging import merge_person
from app.models.linkedin_account_queries import ACCOUNT, AccountRow, account_of
from app.models.workspace_queries import lock_workspace

_HAS_ANY = "SELECT 1 FROM linkedin_accounts WHERE workspace_id = $1 LIMIT 1"
_OTHERS = """
SELECT count(*) AS held FROM linkedin_accounts
WHERE workspace_id = $1 AND status IN ('active', 'paused') AND profile_key <> $2
"""
_UPSERT = f"""
INSERT INTO linkedin_accounts
    (id, workspace_id, name, profile_url, profile_key, status, is_default, created_at)
VALUES ($1, $2, $3, $4, $5, 'active', $6, $7)
ON CONFLICT (workspace_id, profile_key) DO UPDATE SET
    status = CASE linkedin_accounts.status
        WHEN 'disconnected' THEN 'active' ELSE linkedin_accounts.status END
RETURNING {ACCOUNT}
"""


async def connect_account(
    queries: Queries, workspace_id: str, new: NewLinkedInAccount, now: int
) -> AccountRow:
    """The account's row, made or made active again, in the open transaction.

    Raises BadInput past the most that may be connected.
    """
    await lock_workspace(queries, workspace_id)
    key = profile_key(new.profile_url)
    await merge_person(queries, workspace_id, key)
    await _check_room(queries, workspace_id, key)
    is_first = await queries.row(_HAS_ANY, workspace_id) is None
    row = await queries.row(
        _UPSERT,
        new_id("acc", now),
        workspace_id,
        new.name,
        new.profile_url,
        key,
        is_first,
        now,
    )
    return account_of(row)


async def _check_room(queries: Queries, workspace_id: str, key: str) -> None:
    others = await queries.row(_OTHERS, workspace_id, key)
    held = others["held"] if others else 0
    require_room(held, MOST_LINKEDIN_ACCOUNTS, "LinkedIn accounts", "disconnect")
