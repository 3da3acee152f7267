"""Reading what accounts may do, what waits and why."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.domain.access.caller import EVERYBODY, Caller, require_reader
from app.domain.pacing.account_state import AccountState, WaitingTask
from app.domain.pacing.explain import waiting_reasons
from app.domain.pacing.waiting import WaitingReason
from app.domain.tasks.task import ActionType, TaskStatus
from app.models.access.agent_queries import agents_by_id
from app.models.pacing.account_state_queries import StateOptions, read_account_states
from app.models.pacing.provider_lock_queries import ProviderLockRow, active_locks
from app.models.tables.credential import Agent
from app.models.tasks.task_rows import TaskRow
from app.services.services import Services

# Playing a longer queue through would hold up other requests.
_MOST_PLAYED_HERE = 100


@dataclass(frozen=True, slots=True)
class Waiting:
    """Why a task does not run, and when it would begin (ms), if that can be said."""

    reasons: Sequence[WaitingReason] = ()
    estimated_start_at: int | None = None


async def account_states(
    services: Services, caller: Caller | None, account_ids: Collection[str]
) -> dict[str, AccountState]:
    """Returns the state of these of the caller's accounts, with the tasks that wait."""
    known = require_reader(caller, EVERYBODY)
    return await _states(services, known, account_ids, has_queue=True)


async def account_standings(
    services: Services, caller: Caller | None, account_ids: Collection[str]
) -> dict[str, AccountState]:
    """Returns the same without the tasks that wait, for any number of accounts."""
    known = require_reader(caller, EVERYBODY)
    return await _states(services, known, account_ids, has_queue=False)


async def waiting_of_tasks(
    services: Services, caller: Caller | None, rows: Sequence[TaskRow]
) -> dict[str, Waiting]:
    """Returns why each of these tasks of the caller's waits, by its id, in four queries."""
    known = require_reader(caller, EVERYBODY)
    pending = [row for row in rows if row.status == TaskStatus.PENDING]
    waiting = {row.id: Waiting() for row in rows}
    if not pending:
        return waiting
    account_ids = {row.linkedin_account_id for row in pending}
    states = await _states(services, known, account_ids, has_queue=True)
    for row in pending:
        state, task = states[row.linkedin_account_id], _waiting_task(row)
        waiting[row.id] = Waiting(waiting_reasons(task, state), state.estimated_start(task))
    return waiting


async def locks_of_accounts(
    services: Services, caller: Caller | None, account_ids: Collection[str]
) -> list[ProviderLockRow]:
    """Returns LinkedIn's own stops that hold now, of these of the caller's accounts."""
    known = require_reader(caller, EVERYBODY)
    now = services.now()
    found = await active_locks(services.database, known.workspace_id, account_ids, now)
    # They come with the last end first: of each kind of action, that one is what counts.
    kinds = {(one.linkedin_account_id, one.action_type): one for one in reversed(found)}
    return sorted(kinds.values(), key=lambda one: (-one.until, one.id))


async def agents_with_ids(
    services: Services, caller: Caller | None, agent_ids: Collection[str]
) -> list[Agent]:
    """Returns these of the workspace's agents, oldest first; the ids are from rows of ours."""
    known = require_reader(caller, EVERYBODY)
    return await agents_by_id(services.database, known.workspace_id, agent_ids)


def _waiting_task(row: TaskRow) -> WaitingTask:
    return WaitingTask(
        row.seq,
        ActionType(row.action_type),
        row.priority,
        row.not_before,
        row.scheduled_at,
        row.updated_at,
    )


async def _states(
    services: Services, caller: Caller, account_ids: Collection[str], *, has_queue: bool
) -> dict[str, AccountState]:
    options = StateOptions(
        is_pacing_on=services.settings.paces_accounts,
        checks_subscriptions=services.settings.checks_subscriptions,
        has_queue=has_queue,
    )
    states = await read_account_states(
        services.database, caller.workspace_id, account_ids, services.now(), options
    )
    for state in states.values():
        if len(state.queue) > _MOST_PLAYED_HERE:
            await asyncio.to_thread(getattr, state, "starts")
    return states
