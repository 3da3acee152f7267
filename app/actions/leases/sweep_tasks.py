"""The scheduled look at leases that ran out and tasks whose time has come."""

from app.actions.steps.announce import announce_expired, announce_work
from app.actions.steps.expire_leases import ExpiredLease, expire_leases
from app.actions.steps.make_due_tasks_claimable import ClaimableTask, wake_tasks_of_all
from app.models.engine.database import Queries
from app.services.services import Services

_BATCH = 500


async def sweep_tasks(services: Services) -> int:
    """Deal with everything that is due now; returns how many leases had run out."""
    total = 0
    while True:
        expired, awake = await _sweep_batch(services)
        announce_expired(services, expired)
        announce_work(services, awake)
        total += len(expired)
        if len(expired) < _BATCH and len(awake) < _BATCH:
            return total


async def _sweep_batch(services: Services) -> tuple[list[ExpiredLease], list[ClaimableTask]]:
    async def unit(queries: Queries) -> tuple[list[ExpiredLease], list[ClaimableTask]]:
        now = services.now()
        awake = await wake_tasks_of_all(queries, now, limit=_BATCH)
        return await expire_leases(queries, services.settings, now, limit=_BATCH), awake

    return await services.database.transaction(unit)
