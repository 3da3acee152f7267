"""The gates of LinkedIn accounts: when each kind of action may begin next, kept for claims."""

from collections.abc import Mapping

from app.domain.pacing.opening import Opening
from app.domain.tasks.task import ActionType
from app.models.engine.database import Queries
from app.models.pacing.account_pacing_queries import AccountPace

NEVER = 2**62

_COLUMNS = 6
_GATES = ", ".join(
    f"($1, {', '.join(f'${2 + number * _COLUMNS + column}' for column in range(_COLUMNS))})"
    for number in range(len(ActionType))
)
_SET_GATES = f"""
INSERT INTO account_gates
    (linkedin_account_id, action_type, opens_at, closes_at, locked_until, reason, is_announced)
VALUES {_GATES}
ON CONFLICT (linkedin_account_id, action_type) DO UPDATE SET
    opens_at = excluded.opens_at, closes_at = excluded.closes_at,
    locked_until = excluded.locked_until, reason = excluded.reason,
    is_announced = excluded.is_announced
"""
_SET_GATED = """
UPDATE account_pacing SET is_gated = $2 WHERE linkedin_account_id = $1 AND is_gated <> $2
"""
_CLOSED = """
SELECT gate.linkedin_account_id, account.workspace_id FROM account_gates gate
JOIN linkedin_accounts account ON account.id = gate.linkedin_account_id
WHERE gate.closes_at <= $1 ORDER BY gate.closes_at LIMIT $2
"""
_ANNOUNCE = """
UPDATE account_gates SET is_announced = $3 WHERE id IN (
    SELECT id FROM account_gates WHERE NOT is_announced AND opens_at <= $1
    ORDER BY opens_at LIMIT $2{}
) RETURNING linkedin_account_id, (
    SELECT workspace_id FROM linkedin_accounts account
    WHERE account.id = account_gates.linkedin_account_id
) AS workspace_id
"""


async def save_gates(
    queries: Queries,
    account_id: str,
    openings: Mapping[ActionType, Opening],
    pace: AccountPace,
    now: int,
) -> None:
    """Stores when each kind of action of a locked account may begin next.

    A gate that is open now needs no announcement: who changes the account publishes that.
    """
    values: list[object] = []
    for action, opening in openings.items():
        locked_until = max(
            (lock.until for lock in pace.history.locks if lock.holds(action)), default=0
        )
        values += [
            action.value,
            NEVER if opening.opens_at is None else opening.opens_at,
            NEVER if opening.closes_at is None else opening.closes_at,
            locked_until,
            opening.reason.value if opening.reason else None,
            opening.is_open(now),
        ]
    await queries.change(_SET_GATES, account_id, *values)
    is_gated = pace.settings.is_on or bool(pace.history.locks)
    await queries.change(_SET_GATED, account_id, is_gated)


async def closed_accounts(queries: Queries, now: int, limit: int) -> list[tuple[str, str]]:
    """Returns accounts, with their workspaces, whose hours ended since their gates were set."""
    rows = await queries.rows(_CLOSED, now, limit)
    return sorted({(row["linkedin_account_id"], row["workspace_id"]) for row in rows})


async def announce_openings(queries: Queries, now: int, limit: int) -> list[tuple[str, str]]:
    """Returns the accounts, with their workspaces, of which a gate has opened; each time once."""
    locked = "" if queries.is_sqlite else " FOR UPDATE SKIP LOCKED"
    rows = await queries.rows(_ANNOUNCE.format(locked), now, limit, True)
    return sorted({(row["linkedin_account_id"], row["workspace_id"]) for row in rows})
