"""Lifting LinkedIn's own stop, by a person who knows that it has ended."""

from app.actions.steps.linkedin.own_account import own_account
from app.actions.steps.pacing.pace_account import refresh_gates
from app.domain.access.caller import PEOPLE, Caller, require
from app.domain.errors import NotFound
from app.domain.ids import is_valid_id
from app.models.engine.database import Queries
from app.models.linkedin.linkedin_account_queries import AccountRow
from app.models.pacing.account_pacing_queries import lock_gated
from app.models.pacing.provider_lock_queries import ProviderLockRow, find_lock, lift_lock
from app.services.services import Services


async def lift_provider_lock(services: Services, caller: Caller | None, lock_id: str) -> AccountRow:
    """Returns the account of the lock, which no longer holds; again does nothing more.

    Raises NotFound.
    """
    known = require(caller, PEOPLE)

    async def unit(queries: Queries) -> AccountRow:
        lock = await _own_lock(queries, known, lock_id)
        now = services.now()
        await lock_gated(queries, lock.linkedin_account_id)
        await lift_lock(queries, lock.id, now)
        await refresh_gates(queries, lock.linkedin_account_id, now)
        return await own_account(queries, known, lock.linkedin_account_id)

    account = await services.database.transaction(unit)
    services.events.work_appeared(known.workspace_id, [account.id])
    return account


async def _own_lock(queries: Queries, caller: Caller, lock_id: str) -> ProviderLockRow:
    lock = None
    if is_valid_id(lock_id):
        lock = await find_lock(queries, caller.workspace_id, lock_id)
    if lock is None:
        raise NotFound("there is no such lock")
    return lock
