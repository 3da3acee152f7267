"""LinkedIn's own stops of accounts."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from app.domain.ids import new_id
from app.domain.pacing.locks import EarlierLock, LockEnd, ProviderLimitCode
from app.domain.tasks.task import ActionType
from app.models.engine.database import Queries

_COLUMNS = """
id, workspace_id, linkedin_account_id, action_type, code, until, reported_at, task_id, agent_id
"""
_INSERT = """
INSERT INTO provider_locks
    (id, workspace_id, linkedin_account_id, action_type, code, until, factor, reported_at, task_id,
     agent_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
"""
_EARLIER = """
SELECT until, lifted_at, factor FROM provider_locks
WHERE linkedin_account_id = $1 AND coalesce(action_type, '') = $2
ORDER BY reported_at DESC, id DESC LIMIT 1
"""
_LIFT = (
    "UPDATE provider_locks SET lifted_at = $2 WHERE id = $1 AND lifted_at IS NULL AND until > $2"
)
_FIND = f"SELECT {_COLUMNS} FROM provider_locks WHERE id = $1 AND workspace_id = $2"
_ACTIVE = f"""
SELECT {_COLUMNS} FROM provider_locks
WHERE workspace_id = $1 AND linkedin_account_id IN ({{}}) AND until > $2 AND lifted_at IS NULL
ORDER BY until DESC, id
"""


@dataclass(frozen=True, slots=True)
class ProviderLockRow:
    """A stop of one kind of action (None: of the whole account); times in milliseconds."""

    id: str
    workspace_id: str
    linkedin_account_id: str
    action_type: str | None
    code: str
    until: int
    reported_at: int
    task_id: str | None
    agent_id: str | None


async def insert_lock(
    queries: Queries,
    *,
    workspace_id: str,
    account_id: str,
    action: ActionType | None,
    code: ProviderLimitCode,
    end: LockEnd,
    now: int,
    task_id: str,
    agent_id: str,
) -> None:
    """Inserts a stop that an agent reported."""
    await queries.change(
        _INSERT,
        new_id("lock", now),
        workspace_id,
        account_id,
        action,
        code.value,
        end.until,
        end.factor,
        now,
        task_id,
        agent_id,
    )


async def earlier_lock(
    queries: Queries, account_id: str, action: ActionType | None
) -> EarlierLock | None:
    """Returns the latest stop of the same kind of action, or of the whole account."""
    row = await queries.row(_EARLIER, account_id, action or "")
    if row is None:
        return None
    ended_at = row["until"] if row["lifted_at"] is None else row["lifted_at"]
    return EarlierLock(ended_at, row["factor"])


async def find_lock(queries: Queries, workspace_id: str, lock_id: str) -> ProviderLockRow | None:
    """Returns a workspace's lock by its id, or None."""
    row = await queries.row(_FIND, lock_id, workspace_id)
    return _lock_of(row) if row else None


async def lift_lock(queries: Queries, lock_id: str, now: int) -> None:
    """Ends a lock now, if it has not ended."""
    await queries.change(_LIFT, lock_id, now)


async def active_locks(
    queries: Queries, workspace_id: str, account_ids: Collection[str], now: int
) -> list[ProviderLockRow]:
    """Returns the locks of these accounts that hold now, those that end last first."""
    places = ", ".join(f"${number}" for number in range(3, len(account_ids) + 3)) or "NULL"
    rows = await queries.rows(_ACTIVE.format(places), workspace_id, now, *sorted(account_ids))
    return [_lock_of(row) for row in rows]


def _lock_of(row: Any) -> ProviderLockRow:
    return ProviderLockRow(*row)
