"""The scheduled look at leases that ran out and tasks whose time has come."""

from app.actions.outside import Outside
from app.actions.steps.announce import announce_expired
from app.actions.steps.expire_leases import ExpiredLease, expire_leases
from app.actions.steps.wake_tasks import AwakeAccount, wake_tasks
from app.models.database import Queries

_BATCH = 500


async def sweep_tasks(outside: Outside) -> int:
    """Deal with everything that is due now; returns how many leases had run out."""
    total = 0
    while True:
        expired, awake = await _sweep_batch(outside)
        announce_expired(outside, expired)
        _announce_work(outside, awake)
        total += len(expired)
        if len(expired) < _BATCH and len(awake) < _BATCH:
            return total


async def _sweep_batch(outside: Outside) -> tuple[list[ExpiredLease], set[AwakeAccount]]:
    async def unit(queries: Queries) -> tuple[list[ExpiredLease], set[AwakeAccount]]:
        now = outside.now()
        expired = await expire_leases(queries, outside.settings, now, limit=_BATCH)
        return expired, await wake_tasks(queries, now, limit=_BATCH)

    return await outside.database.transaction(unit)


def _announce_work(outside: Outside, awake: set[AwakeAccount]) -> None:
    by_workspace: dict[str, list[str]] = {}
    for one in awake:
        by_workspace.setdefault(one.workspace_id, []).append(one.account_id)
    for workspace_id, account_ids in by_workspace.items():
        outside.events.work_appeared(workspace_id, sorted(account_ids))
