"""Counting the requests of callers, and of addresses without a valid credential."""

from app.domain.access.caller import Caller
from app.domain.access.network_address import address_subject
from app.domain.access.rate_limit import (
    RateLimit,
    anonymous_limit,
    rate_limit_of,
    sign_in_limit,
)
from app.services.services import Services


async def consume_rate_limit(services: Services, caller: Caller, cost: int = 1) -> RateLimit | None:
    """Returns the caller's limit after this; `is_exceeded` if it did not fit and was not counted.

    None if the counter cannot be reached: the request is allowed then.
    """
    subject, limit = rate_limit_of(caller, services.settings.rate_limit_per_minute)
    return await services.rate_limiter.consume(subject, limit, cost)


async def consume_anonymous_limit(services: Services, address: str | None) -> RateLimit | None:
    """Counts one GraphQL request without a valid credential; None if it cannot be counted."""
    limit = anonymous_limit(services.settings.rate_limit_per_minute)
    return await services.rate_limiter.consume(f"anonymous:{address_subject(address)}", limit, 1)


async def consume_sign_in_limit(services: Services, address: str | None) -> RateLimit | None:
    """Counts one sign-in or sign-up of an address; None if it cannot be counted.

    Also with a valid credential: one account could otherwise cause any number of hashes.
    """
    limit = sign_in_limit(services.settings.rate_limit_per_minute)
    return await services.rate_limiter.consume(f"sign-in:{address_subject(address)}", limit, 1)
