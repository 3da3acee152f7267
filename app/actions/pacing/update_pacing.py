"""Setting what an account may do, and when."""

from dataclasses import replace

from app.actions.steps.linkedin.own_account import own_account
from app.actions.steps.pacing.pace_account import set_gates
from app.domain.access.caller import Caller, require
from app.domain.errors import BadInput, Conflict, FieldError
from app.domain.input.input_field import LEFT_OUT
from app.domain.linkedin.linkedin_account import AccountStatus
from app.domain.pacing.limits import DEFAULT_PACES
from app.domain.pacing.pacing_inputs import ActionLimitChange, PacingChange
from app.models.engine.database import Queries
from app.models.linkedin.linkedin_account_queries import AccountRow
from app.models.pacing.account_pacing_queries import (
    LimitRow,
    PacingRow,
    lock_pacing,
    read_limit,
    read_pacing,
    save_limit,
    save_pacing,
)
from app.services.services import Services

_LIMIT_NAMES = ("per_day", "per_week", "gap_min_seconds", "gap_max_seconds")


async def update_pacing(
    services: Services, caller: Caller | None, change: PacingChange
) -> AccountRow:
    """Returns the account; what is left out of the change stays as it is.

    Raises NotFound, Conflict for an account that is disconnected, or BadInput for a gap that would
    end before it begins.
    """
    known = require(caller, change.senders)

    async def unit(queries: Queries) -> AccountRow:
        account = await own_account(queries, known, change.linkedin_account_id)
        if account.status == AccountStatus.DISCONNECTED:
            raise Conflict("the account is disconnected; connect it again first")
        await lock_pacing(queries, known.workspace_id, account.id)
        changed = _changed(await read_pacing(queries, account.id), change)
        await save_pacing(queries, account.id, changed)
        await _change_limits(queries, account.id, change.limits or ())
        await set_gates(queries, account.id, services.now())
        return account

    account = await services.database.transaction(unit)
    services.events.work_appeared(known.workspace_id, [account.id])
    return account


def _changed(pacing: PacingRow, change: PacingChange) -> PacingRow:
    if change.is_on is not None:
        pacing = replace(pacing, is_on=change.is_on)
    if change.time_zone is not LEFT_OUT:
        pacing = replace(pacing, time_zone=change.time_zone)
    if change.hours is not LEFT_OUT:
        pacing = replace(pacing, hours=tuple(one.range for one in change.hours or ()))
    if change.per_day is not LEFT_OUT:
        pacing = replace(pacing, per_day=change.per_day)
    if change.ramp_days is not LEFT_OUT:
        pacing = replace(pacing, ramp_days=change.ramp_days)
    return pacing


async def _change_limits(
    queries: Queries, account_id: str, changes: tuple[ActionLimitChange, ...]
) -> None:
    for position, change in enumerate(changes):
        sent = {
            name: value for name in _LIMIT_NAMES if (value := getattr(change, name)) is not LEFT_OUT
        }
        limit = replace(await read_limit(queries, account_id, change.action_type), **sent)
        _require_gap(limit, change, position)
        await save_limit(queries, account_id, change.action_type, limit)


def _require_gap(limit: LimitRow, change: ActionLimitChange, position: int) -> None:
    default = DEFAULT_PACES[change.action_type]
    low = default.gap_min_seconds if limit.gap_min_seconds is None else limit.gap_min_seconds
    high = default.gap_max_seconds if limit.gap_max_seconds is None else limit.gap_max_seconds
    if low <= high:
        return
    name = "gap_max_seconds" if change.gap_min_seconds is LEFT_OUT else "gap_min_seconds"
    message = f"must leave a gap of at least {low} and at most {high} seconds: set both"
    raise BadInput.of([FieldError(("limits", position, name), message)])
