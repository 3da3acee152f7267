"""Authentication and rate limits, the same for REST and GraphQL."""

from typing import Protocol

from app.actions.access.authenticate import authenticate
from app.actions.access.consume_rate_limit import (
    consume_anonymous_limit,
    consume_rate_limit,
    consume_sign_in_limit,
)
from app.domain.access.caller import Caller
from app.domain.access.rate_limit import RateLimit
from app.http.auth.credentials import Credentials
from app.services.services import Services


class AccessControl(Protocol):
    """Knows callers and counts their requests."""

    async def authenticate(self, credentials: Credentials) -> Caller | None:
        """Returns the caller with these credentials, None without any.

        Raises Unauthenticated for a bad token, Unavailable when it cannot be looked up.
        """

    async def consume_rate_limit(self, caller: Caller, request_count: int) -> RateLimit | None:
        """Count requests; `is_exceeded` when they do not fit, None when they cannot be counted."""

    async def consume_anonymous_limit(self, address: str | None) -> RateLimit | None:
        """Counts a GraphQL request without a good credential against its network address."""

    async def consume_sign_in_limit(self, address: str | None) -> RateLimit | None:
        """Counts a sign-in or sign-up against its network address."""


class ActionAccessControl:
    """Authenticates and counts by the actions of the product."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def authenticate(self, credentials: Credentials) -> Caller | None:
        """The caller behind some credentials, read at most four seconds ago."""
        return await authenticate(
            self._services,
            bearer=credentials.bearer,
            session_token=credentials.session_token,
            version=credentials.agent_version,
        )

    async def consume_rate_limit(self, caller: Caller, request_count: int) -> RateLimit | None:
        """Count requests against the caller's budget."""
        return await consume_rate_limit(self._services, caller, request_count)

    async def consume_anonymous_limit(self, address: str | None) -> RateLimit | None:
        """Count a request against what its address has without a good credential."""
        return await consume_anonymous_limit(self._services, address)

    async def consume_sign_in_limit(self, address: str | None) -> RateLimit | None:
        """Counts a sign-in or sign-up against what its address has."""
        return await consume_sign_in_limit(self._services, address)
