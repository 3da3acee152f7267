"""An agent takes tasks under a lease."""

from dataclasses import dataclass

from app.actions.outside import Outside
from app.actions.steps.announce import announce_expired, announce_work
from app.actions.steps.expire_leases import ExpiredLease, expire_leases
from app.actions.steps.note_serving import note_serving
from app.actions.steps.wake_tasks import AwakeTask, wake_tasks
from app.domain.caller import AGENTS, Caller, require
from app.domain.ids import can_be_an_id
from app.domain.task_report import check_claim
from app.domain.times import MS_PER_SECOND
from app.models.account_queries import connected_account_ids
from app.models.claim_queries import Claim, take_tasks
from app.models.database import Queries
from app.models.task_rows import TaskRow


@dataclass(frozen=True, slots=True)
class _Claimed:
    expired: list[ExpiredLease]
    awake: list[AwakeTask]
    tasks: list[TaskRow]


async def claim_tasks(
    outside: Outside,
    caller: Caller | None,
    *,
    account_ids: list[str],
    limit: int,
    lease_seconds: int,
) -> list[TaskRow]:
    """Up to `limit` tasks of these accounts, highest priority first, then oldest.

    An empty list means every account of the workspace. Accounts that are not the workspace's own,
    not active, or at work are passed over. Raises BadInput.
    """
    known = require(caller, AGENTS)
    check_claim(account_ids, limit, lease_seconds)
    await note_serving(outside, known, account_ids)
    named = sorted({one for one in account_ids if can_be_an_id(one)})

    async def unit(queries: Queries) -> _Claimed:
        now = outside.now()
        wanted = named or await connected_account_ids(queries, known.workspace_id)
        # Tasks before counts, as in every other verb: expiring may add to an account's counts.
        awake = await wake_tasks(queries, now, known.workspace_id, wanted)
        expired = await expire_leases(
            queries, outside.settings, now, of=(known.workspace_id, wanted)
        )
        expires_at = now + lease_seconds * MS_PER_SECOND
        claim = Claim(known.workspace_id, wanted, limit, known.credential_id, expires_at, now)
        return _Claimed(expired, awake, await take_tasks(queries, claim))

    if account_ids and not named:
        return []
    claimed = await outside.database.transaction(unit)
    _announce(outside, claimed)
    return claimed.tasks


def _announce(outside: Outside, claimed: _Claimed) -> None:
    announce_expired(outside, claimed.expired)
    for task in claimed.tasks:
        outside.events.task_changed(task.snapshot())
    taken = {task.seq for task in claimed.tasks}
    announce_work(outside, [one for one in claimed.awake if one.seq not in taken])
