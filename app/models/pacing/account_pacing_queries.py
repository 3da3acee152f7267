"""The pacing of LinkedIn accounts: what their owners allow, and what counts against it."""

import json
from collections.abc import Collection, Sequence
from dataclasses import astuple, dataclass
from typing import Any

from app.domain.pacing.hours import OpenRange
from app.domain.pacing.limits import (
    DEFAULT_PACES,
    DEFAULT_RAMP_DAYS,
    DEFAULT_TOTAL_PER_DAY,
    ActionPace,
    LimitWindow,
    Ramp,
)
from app.domain.pacing.opening import AccountHistory, LastStart, Lock, PacingSettings
from app.domain.pacing.pacing_inputs import hours_of
from app.domain.tasks.task import ActionType
from app.models.engine.database import Queries, Row

# Limits and locks come along as JSON: a query for each would be a round trip more for each start.
_PACES = """
SELECT account.id, account.created_at, pacing.is_on, pacing.time_zone, pacing.hours,
       pacing.per_day, pacing.ramp_days, (
    SELECT {list_of}(action_type, per_day, per_week, gap_min_seconds, gap_max_seconds))
    FROM action_limits WHERE linkedin_account_id = account.id
) AS limits, (
    SELECT {list_of}(action_type, until)) FROM provider_locks
    WHERE linkedin_account_id = account.id AND until > $2 AND lifted_at IS NULL
) AS locks{more_columns}
FROM linkedin_accounts account
LEFT JOIN account_pacing pacing ON pacing.linkedin_account_id = account.id
WHERE account.id IN ({ids})
"""
_ACTIONS = """
SELECT linkedin_account_id, action_type, at, state, gap_fraction FROM account_actions
WHERE linkedin_account_id IN ({ids}) AND at > $2 ORDER BY at
"""
_POSTGRES = {
    "list_of": "json_agg(json_build_array",
    "ids": "SELECT * FROM json_array_elements_text($1::json)",
}
_SQLITE = {
    "list_of": "json_group_array(json_array",
    "ids": "SELECT value FROM json_each($1)",
}
_ENSURE = """
INSERT INTO account_pacing (linkedin_account_id, workspace_id, is_on, is_gated)
VALUES ($1, $2, $3, $3) ON CONFLICT (linkedin_account_id) DO NOTHING
"""
_LOCK = "SELECT 1 FROM account_pacing WHERE linkedin_account_id = $1 FOR UPDATE"
_LOCK_GATED = "SELECT 1 FROM account_pacing WHERE linkedin_account_id = $1 AND is_gated"
_LOCK_GATED_OF_TASK = """
SELECT task.linkedin_account_id, task.action_type FROM tasks task
JOIN account_pacing pacing ON pacing.linkedin_account_id = task.linkedin_account_id
WHERE task.id = $1 AND task.workspace_id = $2 AND pacing.is_gated
"""

_SAVE = """
UPDATE account_pacing SET is_on = $2, time_zone = $3, hours = $4, per_day = $5, ramp_days = $6
WHERE linkedin_account_id = $1
"""
_READ = """
SELECT is_on, time_zone, hours, per_day, ramp_days FROM account_pacing
WHERE linkedin_account_id = $1
"""
_READ_LIMIT = """
SELECT per_day, per_week, gap_min_seconds, gap_max_seconds FROM action_limits
WHERE linkedin_account_id = $1 AND action_type = $2
"""
_SAVE_LIMIT = """
INSERT INTO action_limits
    (linkedin_account_id, action_type, per_day, per_week, gap_min_seconds, gap_max_seconds)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (linkedin_account_id, action_type) DO UPDATE SET
    per_day = excluded.per_day, per_week = excluded.per_week,
    gap_min_seconds = excluded.gap_min_seconds, gap_max_seconds = excluded.gap_max_seconds
"""


@dataclass(frozen=True, slots=True)
class PacingRow:
    """What an owner set; None is the default. `hours` is empty for an account always open."""

    is_on: bool
    time_zone: str | None
    hours: tuple[OpenRange, ...]
    per_day: int | None
    ramp_days: int | None


@dataclass(frozen=True, slots=True)
class LimitRow:
    """What an owner set for one kind of action; None is the default."""

    per_day: int | None = None
    per_week: int | None = None
    gap_min_seconds: int | None = None
    gap_max_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class AccountPace:
    """What an account's owner allows, and what counts against it."""

    settings: PacingSettings
    history: AccountHistory


async def lock_pacing(
    queries: Queries, workspace_id: str, account_id: str, *, is_on: bool = False
) -> None:
    """Locks an account's pacing until the commit; `is_on` is for an account that has none yet."""
    await queries.change(_ENSURE, account_id, workspace_id, is_on)
    if not queries.is_sqlite:
        await queries.rows(_LOCK, account_id)


async def read_pacing(queries: Queries, account_id: str) -> PacingRow:
    """Returns what the owner of an account with pacing set."""
    row: Any = await queries.row(_READ, account_id)
    return PacingRow(
        bool(row["is_on"]),
        row["time_zone"],
        _ranges(row["hours"]),
        row["per_day"],
        row["ramp_days"],
    )


async def save_pacing(queries: Queries, account_id: str, pacing: PacingRow) -> None:
    """Stores what the owner of an account with pacing set."""
    hours = json.dumps([[one.weekday, one.opens, one.closes] for one in pacing.hours])
    await queries.change(
        _SAVE,
        account_id,
        pacing.is_on,
        pacing.time_zone,
        hours if pacing.hours else None,
        pacing.per_day,
        pacing.ramp_days,
    )


async def read_limit(queries: Queries, account_id: str, action: ActionType) -> LimitRow:
    """Returns what the owner set for a kind of action."""
    row: Any = await queries.row(_READ_LIMIT, account_id, action.value)
    return LimitRow() if row is None else LimitRow(*row)


async def save_limit(
    queries: Queries, account_id: str, action: ActionType, limit: LimitRow
) -> None:
    """Stores what the owner set for a kind of action."""
    await queries.change(_SAVE_LIMIT, account_id, action.value, *astuple(limit))


async def lock_gated(queries: Queries, account_id: str) -> bool:
    """Returns whether an account is gated; if so, its pacing is locked until the commit."""
    locked = "" if queries.is_sqlite else " FOR UPDATE"
    return await queries.row(_LOCK_GATED + locked, account_id) is not None


async def lock_gated_of_task(
    queries: Queries, workspace_id: str, task_id: str
) -> tuple[str, ActionType] | None:
    """Returns a task's account and kind of action, if the account is gated; else None.

    The account's pacing is locked until the commit.
    """
    locked = "" if queries.is_sqlite else " FOR UPDATE OF pacing"
    row = await queries.row(_LOCK_GATED_OF_TASK + locked, task_id, workspace_id)
    return None if row is None else (row["linkedin_account_id"], ActionType(row["action_type"]))


async def read_paces(
    queries: Queries, account_ids: Collection[str], now: int
) -> dict[str, AccountPace]:
    """Returns the pace of each of these accounts, in two queries however many they are.

    The history is that of the last seven days, the longest window of a limit.
    """
    return await paces_of(queries, await read_pace_rows(queries, account_ids, now), now)


async def read_pace_rows(
    queries: Queries, account_ids: Collection[str], now: int, *, more_columns: str = ""
) -> list[Row]:
    """Returns a row for each of these accounts: its settings, limits and locks.

    `more_columns` of `account` come after those.
    """
    sql = _PACES.format(
        **(_SQLITE if queries.is_sqlite else _POSTGRES),
        more_columns=f", {more_columns}" if more_columns else "",
    )
    return await queries.rows(sql, json.dumps(sorted(account_ids)), now)


async def paces_of(queries: Queries, rows: Sequence[Row], now: int) -> dict[str, AccountPace]:
    """Returns the paces of accounts that `read_pace_rows` returned."""
    sql = _ACTIONS.format(**(_SQLITE if queries.is_sqlite else _POSTGRES))
    since = now - LimitWindow.WEEK.milliseconds
    actions = await queries.rows(sql, json.dumps([row["id"] for row in rows]), since)
    by_account: dict[str, list[Row]] = {}
    for action in actions:
        by_account.setdefault(action["linkedin_account_id"], []).append(action)
    return {
        row["id"]: AccountPace(
            _settings(row), _history(by_account.get(row["id"], ()), row["locks"])
        )
        for row in rows
    }


def _ranges(hours: str | None) -> tuple[OpenRange, ...]:
    return tuple(OpenRange(*one) for one in json.loads(hours or "[]"))


def _settings(row: Row) -> PacingSettings:
    ramp_days = DEFAULT_RAMP_DAYS if row["ramp_days"] is None else row["ramp_days"]
    limits = json.loads(row["limits"] or "[]")
    return PacingSettings(
        is_on=bool(row["is_on"]),
        ramp=Ramp(row["created_at"], ramp_days),
        hours=hours_of(row["time_zone"], _ranges(row["hours"])),
        time_zone=row["time_zone"],
        total_per_day=DEFAULT_TOTAL_PER_DAY if row["per_day"] is None else row["per_day"],
        paces={**DEFAULT_PACES, **dict(map(_pace, limits))},
    )


def _pace(limit: Sequence[Any]) -> tuple[ActionType, ActionPace]:
    action = ActionType(limit[0])
    pairs = zip(limit[1:], astuple(DEFAULT_PACES[action]), strict=True)
    return action, ActionPace(*(default if own is None else own for own, default in pairs))


def _history(actions: Sequence[Row], locks: str | None) -> AccountHistory:
    counted: dict[ActionType, list[int]] = {}
    starts: dict[ActionType, LastStart] = {}
    for row in actions:
        action = ActionType(row["action_type"])
        if row["state"] != "not_done":
            counted.setdefault(action, []).append(row["at"])
        if row["gap_fraction"] is not None:
            starts[action] = LastStart(row["at"], row["gap_fraction"])
    stops = (
        Lock(ActionType(action) if action else None, until)
        for action, until in json.loads(locks or "[]")
    )
    return AccountHistory.of(counted, starts, stops)
