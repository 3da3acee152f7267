"""The scheduled look at leases that ran out and tasks whose time has come."""

from app.actions.outside import Outside
from app.actions.steps.announce import announce_expired, announce_work
from app.actions.steps.expire_leases import ExpiredLease, expire_leases
from app.actions.steps.wake_tasks import AwakeTask, wake_tasks_of_all
from app.models.database import Queries

_BATCH = 500


async def sweep_tasks(outside: Outside) -> int:
    """Deal with everything that is due now; returns how many leases had run out."""
    total = 0
    while True:
        expired, awake = await _sweep_batch(outside)
        announce_expired(outside, expired)
        announce_work(outside, awake)
        total += len(expired)
        if len(expired) < _BATCH and len(awake) < _BATCH:
            return total


async def _sweep_batch(outside: Outside) -> tuple[list[ExpiredLease], list[AwakeTask]]:
    async def unit(queries: Queries) -> tuple[list[ExpiredLease], list[AwakeTask]]:
        now = outside.now()
        awake = await wake_tasks_of_all(queries, now, limit=_BATCH)
        return await expire_leases(queries, outside.settings, now, limit=_BATCH), awake

    return await outside.database.transaction(unit)
