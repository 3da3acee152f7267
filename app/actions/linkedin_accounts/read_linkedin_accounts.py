"""Reading LinkedIn accounts and what they did."""

from dataclasses import dataclass

from app.domain.access.caller import EVERYBODY, PEOPLE_AND_KEYS, Caller, CallerKind, require_reader
from app.domain.access.rate_limit import rate_limit_of
from app.domain.access.workspace_limits import MOST_LINKEDIN_ACCOUNTS
from app.domain.errors import BadInput
from app.domain.ids import is_valid_id
from app.domain.times import MS_PER_DAY, day_of_ms
from app.models.linkedin.linkedin_account_queries import (
    AccountRow,
    accounts_by_id,
    created_by_account,
    daily_totals,
    find_account,
    list_accounts,
)
from app.services.services import Services

MAX_DAYS = 90


@dataclass(frozen=True, slots=True)
class UsageDay:
    """One UTC day's tasks of a workspace."""

    date: str
    created: int = 0
    completed: int = 0
    failed: int = 0
    cancelled: int = 0


@dataclass(frozen=True, slots=True)
class Usage:
    """How much of its limits a workspace has used."""

    requests_per_minute_limit: int
    requests_this_minute: int
    days: list[UsageDay]


async def get_account(
    services: Services, caller: Caller | None, account_id: str
) -> AccountRow | None:
    """An account of the caller's workspace, or None."""
    known = require_reader(caller, EVERYBODY)
    if not is_valid_id(account_id):
        return None
    return await find_account(services.database, known.workspace_id, account_id)


async def all_accounts(services: Services, caller: Caller | None) -> list[AccountRow]:
    """The caller's accounts, oldest first."""
    known = require_reader(caller, EVERYBODY)
    return await list_accounts(services.database, known.workspace_id, MOST_LINKEDIN_ACCOUNTS)


async def accounts_with_ids(
    services: Services, caller: Caller | None, account_ids: set[str]
) -> list[AccountRow]:
    """These of the caller's accounts, in no order; the ids are from rows of ours."""
    known = require_reader(caller, EVERYBODY)
    return await accounts_by_id(services.database, known.workspace_id, account_ids)


async def created_today(services: Services, caller: Caller | None) -> dict[str, int]:
    """How many tasks were made today for each of the caller's accounts."""
    known = require_reader(caller, EVERYBODY)
    return await created_by_account(
        services.database, known.workspace_id, day_of_ms(services.now())
    )


async def usage(services: Services, caller: Caller | None, days: int) -> Usage:
    """The last `days` days, oldest first, and the keys' requests of the last minute.

    Raises BadInput.
    """
    known = require_reader(caller, PEOPLE_AND_KEYS)
    if not 1 <= days <= MAX_DAYS:
        raise BadInput.at("days", f"must be between 1 and {MAX_DAYS}")
    now = services.now()
    dates = [day_of_ms(now - back * MS_PER_DAY) for back in reversed(range(days))]
    totals = await daily_totals(services.database, known.workspace_id, dates[0])
    limit = services.settings.rate_limit_per_minute
    rate_limit = await services.rate_limiter.peek(_keys_subject(known), limit)
    return Usage(
        requests_per_minute_limit=limit,
        requests_this_minute=limit - rate_limit.remaining if rate_limit else 0,
        days=[UsageDay(date, *totals.get(date, ())) for date in dates],
    )


def _keys_subject(caller: Caller) -> str:
    any_key = Caller(CallerKind.API_KEY, caller.workspace_id, "", None, True)
    subject, _limit = rate_limit_of(any_key, 0)
    return subject
