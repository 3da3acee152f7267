"""Which account a task is for that names none: the default account, else the only one."""

from dataclasses import dataclass

from app.models.engine.database import Queries

# The account that was sent; without one, the default account or the only one.
CANDIDATES = """
candidates AS (
    SELECT id, is_default FROM linkedin_accounts
    WHERE workspace_id = {workspace_id} AND status <> 'disconnected'
      AND (CAST({account_id} AS TEXT) IS NULL OR id = {account_id})
    ORDER BY is_default DESC LIMIT 2
)
"""
CHOSEN = """
SELECT id FROM candidates
WHERE is_default OR (SELECT count(*) FROM candidates) = 1
ORDER BY is_default DESC LIMIT 1
"""
_CHOOSE_DEFAULT = f"""
WITH {CANDIDATES.format(workspace_id="$1", account_id="NULL")}
SELECT ({CHOSEN}) AS id, (SELECT count(*) FROM candidates) AS candidate_count
"""


@dataclass(frozen=True, slots=True)
class AccountChoice:
    """The account for tasks that name none, or None; and whether any account is connected."""

    account_id: str | None
    is_any_connected: bool


async def choose_default_account(queries: Queries, workspace_id: str) -> AccountChoice:
    """Returns the workspace's default account, or its only one."""
    row = await queries.row(_CHOOSE_DEFAULT, workspace_id)
    assert row is not None
    return AccountChoice(row["id"], row["candidate_count"] > 0)
