"""An agent takes tasks under a lease."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from app.actions.steps.after_commit import after_commit
from app.actions.steps.linkedin.record_serving import record_serving
from app.actions.steps.tasks.expire_leases import expire_leases
from app.actions.steps.tasks.task_change import TaskChange
from app.domain.access.caller import Caller, require
from app.domain.ids import is_valid_id
from app.domain.leases.lease import TaskClaim
from app.domain.times import MS_PER_SECOND
from app.models.engine.database import ConstraintViolatedError, Queries
from app.models.linkedin.linkedin_account_queries import connected_account_ids
from app.models.tasks.claim_queries import Claim, take_tasks
from app.models.tasks.due_task_queries import ClaimableTask, make_due_tasks_claimable
from app.models.tasks.task_rows import TaskRow
from app.services.services import Services

_MAX_TRIES = 4


@dataclass(frozen=True, slots=True)
class _Claimed:
    expired: list[TaskChange]
    claimable: list[ClaimableTask]
    tasks: list[TaskRow]


async def claim_tasks(services: Services, caller: Caller | None, wish: TaskClaim) -> list[TaskRow]:
    """Returns the tasks that were claimed, highest priority first, then oldest.

    Accounts that are not the workspace's own, are not active, or have a task in progress are
    skipped.
    """
    known = require(caller, wish.senders)
    account_ids = wish.linkedin_account_ids
    await record_serving(services, known, account_ids)
    named = sorted({account_id for account_id in account_ids if is_valid_id(account_id)})

    async def unit(queries: Queries) -> _Claimed:
        now = services.now()
        wanted = named or await connected_account_ids(queries, known.workspace_id)
        # Tasks before counts, as in every other action: expiring may add to an account's counts.
        claimable = await make_due_tasks_claimable(queries, now, known.workspace_id, wanted)
        expired = await expire_leases(
            queries, services.settings, now, of=(known.workspace_id, wanted)
        )
        expires_at = now + wish.lease_seconds * MS_PER_SECOND
        claim = Claim(
            known.workspace_id,
            wanted,
            wish.limit,
            known.credential_id,
            expires_at,
            now,
            is_pacing_on=services.settings.paces_accounts,
        )
        return _Claimed(expired, claimable, await take_tasks(queries, claim))

    if account_ids and not named:
        return []
    claimed = await _claim(services, unit)
    _publish(services, claimed)
    return claimed.tasks


async def _claim(services: Services, unit: Callable[[Queries], Awaitable[_Claimed]]) -> _Claimed:
    """Claims anew if another claim took a task of the same paced account at the same moment."""
    for _ in range(_MAX_TRIES - 1):
        try:
            return await services.database.transaction(unit)
        except ConstraintViolatedError:
            continue
    return await services.database.transaction(unit)


def _publish(services: Services, claimed: _Claimed) -> None:
    taken = {task.seq for task in claimed.tasks}
    after_commit(
        services,
        tasks=[*claimed.expired, *map(TaskChange, claimed.tasks)],
        claimable=[task for task in claimed.claimable if task.seq not in taken],
    )
