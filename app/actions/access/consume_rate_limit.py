"""Counting the requests of callers, and of addresses that show no good credential."""

from app.actions.steps.access.rate_limit_subject import rate_limit_of
from app.domain.access.caller import Caller
from app.domain.access.network_address import address_subject
from app.domain.access.rate_limit import (
    RateLimit,
    sign_in_limit,
    stranger_limit,
)
from app.services.services import Services


async def consume_rate_limit(services: Services, caller: Caller, cost: int = 1) -> RateLimit | None:
    """How the caller stands after this; `is_exceeded` when it did not fit and was not counted.

    None when the counter cannot be reached: then the caller is let through.
    """
    subject, limit = rate_limit_of(services, caller)
    return await services.rate_limiter.consume(subject, limit, cost)


async def spend_as_stranger(services: Services, address: str | None) -> RateLimit | None:
    """Count one GraphQL request without a good credential; None when it cannot be counted."""
    limit = stranger_limit(services.settings.rate_limit_per_minute)
    return await services.rate_limiter.consume(f"stranger:{address_subject(address)}", limit, 1)


async def spend_sign_in(services: Services, address: str | None) -> RateLimit | None:
    """Count one sign-in or sign-up of an address; None when it cannot be counted.

    Also of a caller with a good credential: one account would else buy any number of hashes.
    """
    limit = sign_in_limit(services.settings.rate_limit_per_minute)
    return await services.rate_limiter.consume(f"sign-in:{address_subject(address)}", limit, 1)
