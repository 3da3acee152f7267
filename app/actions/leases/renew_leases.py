"""An agent extends the leases of the tasks that it works on."""

from dataclasses import dataclass

from app.actions.steps.tasks.lease import holder_of
from app.domain.access.caller import Caller, require
from app.domain.ids import is_valid_id
from app.domain.leases.lease import LeaseRenewal
from app.domain.times import MS_PER_SECOND
from app.models.engine.database import Queries
from app.models.tasks.lease_queries import renew_held_task
from app.models.tasks.task_rows import TaskRow
from app.services.services import Services


@dataclass(frozen=True, slots=True)
class Renewal:
    """The tasks still held, and the ids of those that are not."""

    renewed: list[TaskRow]
    lost: list[str]


async def renew_leases(services: Services, caller: Caller | None, wish: LeaseRenewal) -> Renewal:
    """Extends those of these leases that are held, to `lease_seconds` from now."""
    known = require(caller, wish.senders)

    async def unit(queries: Queries) -> Renewal:
        return await _renew(queries, known, wish, services.now())

    return await services.database.transaction(unit)


async def _renew(queries: Queries, caller: Caller, wish: LeaseRenewal, now: int) -> Renewal:
    renewal = Renewal([], [])
    expires_at = now + wish.lease_seconds * MS_PER_SECOND
    # Always in the same order, so that two renewals never wait for each other.
    for lease in sorted(wish.leases, key=lambda lease: lease.task_id):
        task = None
        if is_valid_id(lease.task_id) and is_valid_id(lease.token):
            task = await renew_held_task(queries, holder_of(caller, lease), now, expires_at)
        if task is None:
            renewal.lost.append(lease.task_id)
        else:
            renewal.renewed.append(task)
    return renewal
