"""The scheduled search for leases that have expired and tasks that are due."""

from app.actions.steps.after_commit import after_commit
from app.actions.steps.tasks.expire_leases import expire_leases
from app.actions.steps.tasks.task_change import TaskChange
from app.models.engine.database import Queries
from app.models.tasks.due_task_queries import ClaimableTask, make_all_due_tasks_claimable
from app.services.services import Services

_BATCH = 500


async def sweep_tasks(services: Services) -> int:
    """Processes everything that is due now; returns how many leases had expired."""
    total = 0
    while True:
        expired, claimable = await _sweep_batch(services)
        after_commit(services, tasks=expired, claimable=claimable)
        total += len(expired)
        if len(expired) < _BATCH and len(claimable) < _BATCH:
            return total


async def _sweep_batch(services: Services) -> tuple[list[TaskChange], list[ClaimableTask]]:
    async def unit(queries: Queries) -> tuple[list[TaskChange], list[ClaimableTask]]:
        now = services.now()
        claimable = await make_all_due_tasks_claimable(queries, now, limit=_BATCH)
        return await expire_leases(queries, services.settings, now, limit=_BATCH), claimable

    return await services.database.transaction(unit)
