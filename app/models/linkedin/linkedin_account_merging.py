"""One LinkedIn account for each person of a workspace, whatever spellings it was connected under.

Accounts were once distinguished by the spelling of their address, and processes of an older release
still do so while a new one is rolled out. Their accounts are merged here: by a migration, and
whenever a person's account is connected.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.linkedin.linkedin_account import AccountStatus, profile_key
from app.models.engine.database import Queries, Row
from app.models.linkedin.linkedin_account_queries import lock_account
from app.models.tasks.daily_count_queries import add_created

_ACCOUNTS = """
SELECT id, profile_url, profile_key, status, is_default FROM linkedin_accounts
WHERE workspace_id = $1 ORDER BY created_at, id
"""
_ALL_KEYS = "SELECT workspace_id, profile_url, profile_key FROM linkedin_accounts"
_SET_KEY = "UPDATE linkedin_accounts SET profile_key = $2 WHERE id = $1"
_SET_ASIDE = """
UPDATE linkedin_accounts SET status = 'disconnected', is_default = $2 WHERE id = $1
"""
_TAKE_OVER = "UPDATE linkedin_accounts SET status = $2, is_default = $3 WHERE id = $1"
# What is processing ends where it began, as the account kept may be at work itself. It is moved
# when that one is connected next.
_MOVE_TASKS = """
UPDATE tasks SET linkedin_account_id = $2, version = version + 1
WHERE linkedin_account_id = $1 AND status <> 'processing'
"""
_COUNTS = """
SELECT day, workspace_id, created FROM daily_counts WHERE linkedin_account_id = $1 AND created > 0
"""
_CLEAR_COUNTS = "UPDATE daily_counts SET created = 0 WHERE linkedin_account_id = $1"


@dataclass(frozen=True, slots=True)
class _Account:
    id: str
    key: str
    stored_key: str
    status: str
    is_default: bool

    @property
    def is_connected(self) -> bool:
        return self.status != AccountStatus.DISCONNECTED


async def find_same_person(queries: Queries, workspace_id: str, account_id: str) -> str | None:
    """The connected account of the person whose account this one, set aside, also was."""
    accounts = await _accounts(queries, workspace_id)
    keys = {one.key for one in accounts if one.id == account_id}
    return next((one.id for one in accounts if one.key in keys and one.is_connected), None)


async def merge_person(queries: Queries, workspace_id: str, key: str) -> None:
    """Make one account of all that a workspace has for the person of this key.

    The oldest that is connected is kept, with all tasks and the day's counts; it is paused if one
    of them was, and the default if one of them was. The others end as disconnected. To be called in
    a transaction that has the workspace locked.
    """
    same = [one for one in await _accounts(queries, workspace_id) if one.key == key]
    connected = [one for one in same if one.is_connected]
    known = [one for one in same if one.stored_key == key]
    kept = next(iter(connected or known or same), None)
    if kept is None or (same == [kept] and kept.stored_key == key):
        return
    for one in sorted(same, key=lambda one: one.id):
        await lock_account(queries, one.id)
    await _keep(queries, kept, same)
    for one in same:
        if one is not kept:
            await _move(queries, one.id, kept.id)


async def merge_all(queries: Queries) -> None:
    """Make one account of all those that any workspace has for one person."""
    rows = await queries.rows(
        "SELECT workspace_id, profile_url, profile_key FROM linkedin_accounts"
    )
    wanted = {
        (row["workspace_id"], key) for row in rows if (key := _key(row)) != row["profile_key"]
    }
    for workspace_id, key in sorted(wanted):
        await merge_person(queries, workspace_id, key)


async def _keep(queries: Queries, kept: _Account, same: Sequence[_Account]) -> None:
    connected = [one for one in same if one.is_connected]
    for one in same:
        if one is not kept and one.stored_key == kept.key:
            await queries.change(_SET_KEY, one.id, f"{one.key} {one.id}")
    await queries.change(_SET_KEY, kept.id, kept.key)
    for one in connected:
        if one is not kept:
            await queries.change(_SET_ASIDE, one.id, False)
    if connected:
        is_paused = any(one.status == AccountStatus.PAUSED for one in connected)
        status = AccountStatus.PAUSED if is_paused else AccountStatus.ACTIVE
        is_default = any(one.is_default for one in connected)
        await queries.change(_TAKE_OVER, kept.id, status.value, is_default)


async def _move(queries: Queries, old_id: str, new_id: str) -> None:
    await queries.change(_MOVE_TASKS, old_id, new_id)
    for row in await queries.rows(_COUNTS, old_id):
        await add_created(queries, new_id, row["workspace_id"], row["day"], row["created"])
    await queries.change(_CLEAR_COUNTS, old_id)


async def _accounts(queries: Queries, workspace_id: str) -> list[_Account]:
    return [
        _Account(row["id"], _key(row), row["profile_key"], row["status"], bool(row["is_default"]))
        for row in await queries.rows(_ACCOUNTS, workspace_id)
    ]


def _key(row: Row) -> str:
    try:
        return profile_key(row["profile_url"])
    except ValueError:
        stored: str = row["profile_key"]
        return stored
