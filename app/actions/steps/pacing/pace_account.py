"""When an account's next actions may begin: decided at a start, kept in its gates."""

import json
import secrets
from dataclasses import dataclass, replace

from app.domain.linkedin.linkedin_account import profile_key
from app.domain.pacing.opening import LastStart, Opening, opening_of
from app.domain.tasks.task import ActionType
from app.models.engine.database import Queries
from app.models.pacing.account_action_queries import (
    ActionState,
    reserve_action,
    settle_action,
)
from app.models.pacing.account_gate_queries import save_gates
from app.models.pacing.account_pacing_queries import (
    AccountPace,
    lock_gated,
    lock_gated_of_task,
    read_paces,
)
from app.models.tasks.task_rows import TaskRow
from app.settings import Settings

_FINE = 2**30


@dataclass(frozen=True, slots=True)
class StartPermission:
    """The pace of a gated account, and when a task of it may begin."""

    pace: AccountPace
    opening: Opening


async def lock_start(
    queries: Queries, settings: Settings, workspace_id: str, task_id: str, now: int
) -> StartPermission | None:
    """Returns when a task may begin, its account's pacing locked until the commit.

    None if its account is not gated. Where the installation does not pace accounts, LinkedIn's own
    stops are all that counts.
    """
    gated = await lock_gated_of_task(queries, workspace_id, task_id)
    if gated is None:
        return None
    account_id, action = gated
    pace = (await read_paces(queries, [account_id], now))[account_id]
    allowed = pace.settings
    if not settings.paces_accounts:
        allowed = replace(allowed, is_on=False)
    return StartPermission(pace, opening_of(action, allowed, pace.history, now))


async def begin_action(queries: Queries, task: TaskRow, pace: AccountPace | None, now: int) -> None:
    """Counts the action of a task that has just started, and draws the gap after it."""
    start = LastStart(now, secrets.randbelow(_FINE) / _FINE)
    await reserve_action(queries, task, _person_key(task), now, start.gap_fraction)
    if pace is not None:
        pace.history.add_start(ActionType(task.action_type), start)
        await _save_openings(queries, task.linkedin_account_id, pace, now)


async def end_action(queries: Queries, task: TaskRow, state: ActionState, now: int) -> None:
    """Stores what is known of an attempt's action; one that was not done no longer counts.

    A transaction that may find that an action was not done locks the account's pacing before the
    task, as a start does.
    """
    was_settled = await settle_action(queries, task.seq, task.claim_count, state)
    if was_settled and state is ActionState.NOT_DONE:
        await refresh_gates(queries, task.linkedin_account_id, now)


async def refresh_gates(queries: Queries, account_id: str, now: int) -> None:
    """Sets the gates of an account anew, if it is gated."""
    if await lock_gated(queries, account_id):
        await set_gates(queries, account_id, now)


async def set_gates(queries: Queries, account_id: str, now: int) -> None:
    """Stores when each kind of action may begin, of an account whose pacing is locked."""
    pace = (await read_paces(queries, [account_id], now))[account_id]
    await _save_openings(queries, account_id, pace, now)


async def _save_openings(queries: Queries, account_id: str, pace: AccountPace, now: int) -> None:
    openings = {
        action: opening_of(action, pace.settings, pace.history, now) for action in ActionType
    }
    await save_gates(queries, account_id, openings, pace, now)


def _person_key(task: TaskRow) -> str:
    url = str(json.loads(task.payload).get("profile_url", ""))
    try:
        return profile_key(url)
    except ValueError:
        # A task from before URLs were checked as they are today.
        return url
