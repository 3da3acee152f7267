"""All that decides about accounts' pending tasks, in four queries for any number of accounts."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.domain.access.agent import is_online
from app.domain.access.served_accounts import EVERY_ACCOUNT, SERVES_FOR_MS
from app.domain.access.subscription import is_active
from app.domain.linkedin.linkedin_account import AccountStatus
from app.domain.pacing.account_state import AccountState, Pause, ServingAgent, WaitingTask
from app.domain.pacing.queue import MOST_PLAYED_TASKS
from app.domain.tasks.task import ActionType
from app.models.engine.database import Queries, Row
from app.models.pacing.account_pacing_queries import paces_of, read_pace_rows
from app.models.tasks.claimable_task import IN_TURN, IS_CLAIMABLE

_IS_DUE_LATER = "status = 'pending' AND not_before IS NOT NULL"
_STANDING = """
account.status, account.paused_note, account.paused_until, account.paused_by, (
    SELECT subscription_status FROM workspaces WHERE id = account.workspace_id
) AS subscription_status, (
    SELECT subscription_ends_at FROM workspaces WHERE id = account.workspace_id
) AS subscription_ends_at
"""
_QUEUE_SIZE = f"""
(
    SELECT count(*) FROM tasks WHERE linkedin_account_id = account.id AND {IS_CLAIMABLE}
) + (
    SELECT count(*) FROM tasks WHERE linkedin_account_id = account.id AND {_IS_DUE_LATER}
) AS waiting, (
    SELECT id FROM tasks WHERE linkedin_account_id = account.id AND status = 'processing'
) AS processing, (
    SELECT id FROM tasks
    WHERE linkedin_account_id = account.id AND status IN ('queued', 'processing') LIMIT 1
) AS held
"""
_AGENTS = """
SELECT serving.linkedin_account_id, agents.id, agents.name, agents.last_seen_at, agents.offline_at
FROM agent_accounts serving JOIN agents ON agents.id = serving.agent_id
WHERE serving.workspace_id = $1 AND serving.last_at > $2 AND agents.revoked_at IS NULL
ORDER BY agents.created_at, agents.id
"""
_COLUMNS = "linkedin_account_id, seq, action_type, priority, not_before, scheduled_at, updated_at"
_OF_TASKS = ", ".join(f"tasks.{name}" for name in _COLUMNS.split(", "))
_CLAIMABLE_FIRST = f"AND {IS_CLAIMABLE} ORDER BY {IN_TURN} LIMIT $2"
_DUE_LATER_FIRST = f"AND {_IS_DUE_LATER} ORDER BY not_before LIMIT $2"
# One look-up for each account in each of two indexes: the tasks that can be claimed, in their turn,
# and those that are due later, the next first.
_QUEUE_ON_POSTGRES = f"""
SELECT head.* FROM json_array_elements_text($1::json) AS wanted(id) CROSS JOIN LATERAL (
    (SELECT {_COLUMNS} FROM tasks WHERE linkedin_account_id = wanted.id {_CLAIMABLE_FIRST})
    UNION ALL
    (SELECT {_COLUMNS} FROM tasks WHERE linkedin_account_id = wanted.id {_DUE_LATER_FIRST})
) AS head
"""
_QUEUE_ON_SQLITE = f"""
SELECT {_OF_TASKS} FROM json_each($1) wanted JOIN tasks ON tasks.seq IN (
    SELECT seq FROM tasks WHERE linkedin_account_id = wanted.value {_CLAIMABLE_FIRST}
) UNION ALL
SELECT {_OF_TASKS} FROM json_each($1) wanted JOIN tasks ON tasks.seq IN (
    SELECT seq FROM tasks WHERE linkedin_account_id = wanted.value {_DUE_LATER_FIRST}
)
"""


@dataclass(frozen=True, slots=True)
class StateOptions:
    """Whether this installation paces accounts, and whether it checks subscriptions.

    `has_queue`: the tasks that wait are read too.
    """

    is_pacing_on: bool
    checks_subscriptions: bool
    has_queue: bool


async def read_account_states(
    queries: Queries,
    workspace_id: str,
    account_ids: Collection[str],
    now: int,
    options: StateOptions,
) -> dict[str, AccountState]:
    """Returns the state of each of these accounts of the workspace, in at most four queries."""
    columns = f"{_STANDING}, {_QUEUE_SIZE}" if options.has_queue else _STANDING
    pace_rows = await read_pace_rows(queries, account_ids, now, more_columns=columns)
    paces = await paces_of(queries, pace_rows, now)
    agents = await serving_agents(queries, workspace_id, now)
    queue: Sequence[Row] = ()
    if options.has_queue:
        sql = _QUEUE_ON_SQLITE if queries.is_sqlite else _QUEUE_ON_POSTGRES
        queue = await queries.rows(sql, json.dumps(sorted(account_ids)), MOST_PLAYED_TASKS)
    states = {}
    for row in pace_rows:
        pace, ends_at = paces[row["id"]], row["subscription_ends_at"]
        settings = replace(pace.settings, is_on=pace.settings.is_on and options.is_pacing_on)
        states[row["id"]] = AccountState(
            id=row["id"],
            now=now,
            settings=settings,
            history=pace.history,
            queue=_tasks_of(queue, row["id"], now),
            waiting_count=row["waiting"] if options.has_queue else 0,
            running=_running(row, is_paced=settings.is_on) if options.has_queue else None,
            pause=_pause_of(row),
            is_subscribed=not options.checks_subscriptions
            or is_active(row["subscription_status"], ends_at, now),
            subscription_ended_at=ends_at,
            agents=[*agents.get(row["id"], ()), *agents.get(EVERY_ACCOUNT, ())],
        )
    return states


async def serving_agents(
    queries: Queries, workspace_id: str, now: int
) -> dict[str, list[ServingAgent]]:
    """Returns the agents that serve each account of a workspace; `*` stands for every account."""
    found: dict[str, list[ServingAgent]] = {}
    for row in await queries.rows(_AGENTS, workspace_id, now - SERVES_FOR_MS):
        online = is_online(
            last_seen_at=row["last_seen_at"],
            offline_at=row["offline_at"],
            revoked_at=None,
            now=now,
        )
        agent = ServingAgent(row["id"], row["name"], row["last_seen_at"], online)
        found.setdefault(row["linkedin_account_id"], []).append(agent)
    return found


def _running(row: Row, *, is_paced: bool) -> str | None:
    running: str | None = row["held"] if is_paced else row["processing"]
    return running


def _pause_of(row: Row) -> Pause | None:
    if row["status"] == AccountStatus.ACTIVE:
        return None
    return Pause(row["paused_note"], row["paused_until"], row["paused_by"])


def _tasks_of(rows: Sequence[Any], account_id: str, now: int) -> list[WaitingTask]:
    """Returns an account's tasks in their turn, those that are due first."""
    tasks = [
        WaitingTask(
            row["seq"],
            ActionType(row["action_type"]),
            row["priority"],
            row["not_before"],
            row["scheduled_at"],
            row["updated_at"],
        )
        for row in rows
        if row["linkedin_account_id"] == account_id
    ]
    return sorted(tasks, key=lambda task: (not task.is_due(now), task.turn))
