"""The scheduled search for leases that have expired and tasks that are due."""

from functools import partial

from app.actions.steps.after_commit import after_commit
from app.actions.steps.pacing.pace_account import refresh_gates
from app.actions.steps.tasks.expire_leases import expire_leases
from app.actions.steps.tasks.task_change import TaskChange
from app.models.engine.database import Queries
from app.models.linkedin.linkedin_account_queries import resume_accounts
from app.models.pacing.account_gate_queries import announce_openings, closed_accounts
from app.models.tasks.due_task_queries import ClaimableTask, make_all_due_tasks_claimable
from app.services.services import Services

_BATCH = 500
_MAX_CLOSED = 100


async def sweep_tasks(services: Services) -> int:
    """Processes everything that is due now; returns how many leases had expired."""
    await _open_accounts(services)
    total = 0
    while True:
        expired, claimable = await _sweep_batch(services)
        after_commit(services, tasks=expired, claimable=claimable)
        total += len(expired)
        if len(expired) < _BATCH and len(claimable) < _BATCH:
            return total


async def _open_accounts(services: Services) -> None:
    """Ends pauses, sets the gates of accounts whose hours have ended, announces open gates."""
    now = services.now()
    for account_id, _ in await closed_accounts(services.database, now, _MAX_CLOSED):
        await services.database.transaction(partial(refresh_gates, account_id=account_id, now=now))

    async def unit(queries: Queries) -> list[tuple[str, str]]:
        resumed = await resume_accounts(queries, now)
        return resumed + await announce_openings(queries, now, _BATCH)

    for account_id, workspace_id in await services.database.transaction(unit):
        services.events.work_appeared(workspace_id, [account_id])


async def _sweep_batch(services: Services) -> tuple[list[TaskChange], list[ClaimableTask]]:
    async def unit(queries: Queries) -> tuple[list[TaskChange], list[ClaimableTask]]:
        now = services.now()
        claimable = await make_all_due_tasks_claimable(queries, now, limit=_BATCH)
        return await expire_leases(queries, services.settings, now, limit=_BATCH), claimable

    return await services.database.transaction(unit)
