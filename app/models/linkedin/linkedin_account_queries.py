"""Named queries about LinkedIn accounts."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from typing import Any

from app.domain.linkedin.linkedin_account import NewLinkedInAccount
from app.models.engine.database import Queries
from app.models.tasks.claimable_task import (
    ACCOUNT_CAN_WORK,
    ACCOUNT_HOLDS_A_TASK,
    ACCOUNT_IS_GATED,
    claimable_tasks,
    claimable_tasks_of_gate,
    gate_is_open,
    is_paced,
)


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A LinkedIn account; times in milliseconds. `paused_…`: why, until when, and by whom."""

    id: str
    workspace_id: str
    name: str
    profile_url: str
    status: str
    is_default: bool
    created_at: int
    paused_note: str | None
    paused_until: int | None
    paused_by: str | None


ACCOUNT = ", ".join(field.name for field in fields(AccountRow))

_CONNECTED_IDS = """
SELECT id FROM linkedin_accounts WHERE workspace_id = $1 AND status <> 'disconnected' ORDER BY id
"""
_IS_CONNECTED = "SELECT 1 FROM linkedin_accounts WHERE id = $1 AND status <> 'disconnected'"
_IS_ACTIVE = "SELECT 1 FROM linkedin_accounts WHERE id = $1 AND status = 'active'"
_DISCONNECT = """
UPDATE linkedin_accounts SET status = 'disconnected', is_default = $3,
    paused_note = NULL, paused_until = NULL, paused_by = NULL
WHERE id = $1 AND workspace_id = $2
"""
_CONNECTED = f"""
SELECT {ACCOUNT} FROM linkedin_accounts
WHERE workspace_id = $1 AND status IN ('active', 'paused') LIMIT $2
"""
_DISCONNECTED = f"""
SELECT {ACCOUNT} FROM linkedin_accounts
WHERE workspace_id = $1 AND status = 'disconnected' ORDER BY created_at DESC LIMIT $2
"""
_CREATED_TODAY = """
SELECT linkedin_account_id, created FROM daily_counts WHERE workspace_id = $1 AND day = $2
"""
_WITH_WORK = f"""
SELECT account.id FROM linkedin_accounts account
WHERE account.workspace_id = $1 AND {ACCOUNT_CAN_WORK}
  AND CASE WHEN {ACCOUNT_IS_GATED} THEN EXISTS (
    SELECT 1 FROM account_pacing pacing
    JOIN account_gates gate ON gate.linkedin_account_id = pacing.linkedin_account_id
    WHERE pacing.linkedin_account_id = account.id AND {gate_is_open("$2", "$3")}
      AND EXISTS ({claimable_tasks_of_gate("1", limit="1")})
      AND NOT ({is_paced("$3")} AND {ACCOUNT_HOLDS_A_TASK})
  ) ELSE EXISTS ({claimable_tasks("1", limit="1")}) END
"""

_DAILY_TOTALS = """
SELECT day, sum(created) AS created, sum(completed) AS completed, sum(failed) AS failed,
       sum(cancelled) AS cancelled
FROM daily_counts WHERE workspace_id = $1 AND day >= $2 GROUP BY day
"""
_UNSET_DEFAULT = "UPDATE linkedin_accounts SET is_default = $2 WHERE workspace_id = $1"
_CHANGE = """
UPDATE linkedin_accounts SET name = $3, status = $4, is_default = $5,
    paused_note = $6, paused_until = $7, paused_by = $8
WHERE id = $1 AND workspace_id = $2
"""
_PAUSE = """
UPDATE linkedin_accounts
SET status = 'paused', paused_note = $2, paused_until = NULL, paused_by = NULL
WHERE id = $1 AND status <> 'disconnected'
"""
_RESUME = """
UPDATE linkedin_accounts
SET status = 'active', paused_note = NULL, paused_until = NULL, paused_by = NULL
WHERE paused_until <= $1 AND status = 'paused' RETURNING id, workspace_id
"""
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


def account_of(row: Any) -> AccountRow:
    """Returns an account from a row that has its columns in order."""
    values = dict(zip((field.name for field in fields(AccountRow)), row, strict=True))
    return AccountRow(**{**values, "is_default": bool(values["is_default"])})


async def find_account(queries: Queries, workspace_id: str, account_id: str) -> AccountRow | None:
    """Returns a workspace's account by its id, or None."""
    row = await queries.row(
        f"SELECT {ACCOUNT} FROM linkedin_accounts WHERE id = $1 AND workspace_id = $2",
        account_id,
        workspace_id,
    )
    return account_of(row) if row else None


async def is_active(queries: Queries, account_id: str) -> bool:
    """Returns whether the account is active: neither paused nor disconnected."""
    return await queries.row(_IS_ACTIVE, account_id) is not None


async def stays_connected(queries: Queries, account_id: str) -> bool:
    """Returns whether the account is connected; if so, it stays connected until the commit."""
    # On SQLite a transaction that writes is alone in any case.
    lock = "" if queries.is_sqlite else " FOR KEY SHARE"
    return await queries.row(_IS_CONNECTED + lock, account_id) is not None


async def lock_account(queries: Queries, account_id: str) -> None:
    """Locks the account against transactions that rely on its being connected."""
    if not queries.is_sqlite:
        await queries.rows("SELECT 1 FROM linkedin_accounts WHERE id = $1 FOR UPDATE", account_id)


async def disconnect(queries: Queries, workspace_id: str, account_id: str) -> None:
    """Disconnects an account; it is no longer the workspace's default."""
    await queries.change(_DISCONNECT, account_id, workspace_id, False)


async def list_accounts(queries: Queries, workspace_id: str, most: int) -> list[AccountRow]:
    """Returns a workspace's accounts, oldest first.

    No more than `most`: connected ones first, then those disconnected ones that were made last.
    """
    rows = await queries.rows(_CONNECTED, workspace_id, most)
    if room := most - len(rows):
        rows += await queries.rows(_DISCONNECTED, workspace_id, room)
    return sorted((account_of(row) for row in rows), key=lambda one: (one.created_at, one.id))


async def accounts_by_id(
    queries: Queries, workspace_id: str, account_ids: Collection[str]
) -> list[AccountRow]:
    """Returns these accounts of a workspace, in no order."""
    placeholders = ", ".join(f"${number}" for number in range(2, len(account_ids) + 2)) or "NULL"
    rows = await queries.rows(
        f"SELECT {ACCOUNT} FROM linkedin_accounts WHERE workspace_id = $1 "
        f"AND id IN ({placeholders})",
        workspace_id,
        *account_ids,
    )
    return [account_of(row) for row in rows]


async def connected_account_ids(queries: Queries, workspace_id: str) -> list[str]:
    """Returns the ids of a workspace's accounts that are not disconnected."""
    rows = await queries.rows(_CONNECTED_IDS, workspace_id)
    return [row["id"] for row in rows]


async def created_by_account(queries: Queries, workspace_id: str, day: str) -> dict[str, int]:
    """Returns how many tasks were created for each account on a UTC day."""
    rows = await queries.rows(_CREATED_TODAY, workspace_id, day)
    return {row["linkedin_account_id"]: row["created"] for row in rows}


async def accounts_with_work(
    queries: Queries, workspace_id: str, now: int, *, is_pacing_on: bool
) -> set[str]:
    """Returns the accounts of which a task can be claimed now.

    `is_pacing_on`: whether this installation paces accounts.
    """
    rows = await queries.rows(_WITH_WORK, workspace_id, now, is_pacing_on)
    return {row["id"] for row in rows}


async def pause_account(queries: Queries, account_id: str, note: str) -> None:
    """Pauses a connected account until a person resumes it."""
    await queries.change(_PAUSE, account_id, note)


async def resume_accounts(queries: Queries, now: int) -> list[tuple[str, str]]:
    """Resumes the accounts whose pause has ended. Returns them, with their workspaces."""
    return [(row["id"], row["workspace_id"]) for row in await queries.rows(_RESUME, now)]


async def daily_totals(
    queries: Queries, workspace_id: str, since_day: str
) -> dict[str, tuple[int, int, int, int]]:
    """Tasks created, completed, failed and cancelled in a workspace, by UTC day."""
    rows = await queries.rows(_DAILY_TOTALS, workspace_id, since_day)
    return {
        row["day"]: (row["created"], row["completed"], row["failed"], row["cancelled"])
        for row in rows
    }


async def unset_default(queries: Queries, workspace_id: str) -> None:
    """Leaves the workspace without a default account."""
    await queries.change(_UNSET_DEFAULT, workspace_id, False)


async def change_account(queries: Queries, account: AccountRow) -> None:
    """Stores the name, the status, the pause and `is_default` of an account."""
    pause = (account.paused_note, account.paused_until, account.paused_by)
    values = (account.name, account.status, account.is_default, *pause)
    await queries.change(_CHANGE, account.id, account.workspace_id, *values)


async def has_any_account(queries: Queries, workspace_id: str) -> bool:
    """Returns whether the workspace has an account, connected or not."""
    return await queries.row(_HAS_ANY, workspace_id) is not None


async def count_other_accounts(queries: Queries, workspace_id: str, key: str) -> int:
    """Returns how many connected accounts the workspace has, besides the one with this key."""
    row = await queries.row(_OTHERS, workspace_id, key)
    return 0 if row is None else int(row["held"])


async def upsert_account(
    queries: Queries,
    workspace_id: str,
    new: NewLinkedInAccount,
    new_id: str,
    *,
    key: str,
    is_default: bool,
    now: int,
) -> AccountRow:
    """Returns the account with this key: inserted, or active again if it was disconnected.

    Only an account that is inserted takes the `new_id`.
    """
    values = (workspace_id, new.name, new.profile_url, key, is_default, now)
    return account_of(await queries.row(_UPSERT, new_id, *values))
