"""An agent keeps hold of what it is working on."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.access.caller import AGENTS, Caller, require
from app.domain.ids import is_valid_id
from app.domain.tasks.lease import Lease, validate_renewal
from app.domain.times import MS_PER_SECOND
from app.models.engine.database import Queries
from app.models.task_rows import TASK, TaskRow, task_of
from app.services.services import Services

_RENEW = f"""
UPDATE tasks SET lease_expires_at = $6
WHERE id = $2 AND workspace_id = $3 AND lease_token = $4 AND agent_id = $5
  AND lease_expires_at > $1 AND status IN ('queued', 'processing')
RETURNING {TASK}
"""


@dataclass(frozen=True, slots=True)
class Renewal:
    """The tasks still held, and the ids of those that are not."""

    renewed: list[TaskRow]
    lost: list[str]


async def renew_leases(
    services: Services, caller: Caller | None, leases: Sequence[Lease], lease_seconds: int
) -> Renewal:
    """Let the live ones of these leases run `lease_seconds` from now. Raises BadInput."""
    known = require(caller, AGENTS)
    validate_renewal(len(leases), lease_seconds)

    async def unit(queries: Queries) -> Renewal:
        return await _renew(queries, known, leases, services.now(), lease_seconds)

    return await services.database.transaction(unit)


async def _renew(
    queries: Queries, caller: Caller, leases: Sequence[Lease], now: int, lease_seconds: int
) -> Renewal:
    renewal = Renewal([], [])
    expires_at = now + lease_seconds * MS_PER_SECOND
    # In one order everywhere, so that two renewals never wait for each other.
    for lease in sorted(leases, key=lambda one: one.task_id):
        row = None
        if is_valid_id(lease.task_id) and is_valid_id(lease.token):
            holder = (caller.workspace_id, lease.token, caller.credential_id)
            row = await queries.row(_RENEW, now, lease.task_id, *holder, expires_at)
        if row is None:
            renewal.lost.append(lease.task_id)
        else:
            renewal.renewed.append(task_of(row))
    return renewal
