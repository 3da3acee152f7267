"""Who may come in, and how often: the same for both doors."""

from typing import Protocol

from app.actions.access.authenticate import authenticate
from app.actions.access.consume_rate_limit import (
    consume_rate_limit,
    spend_as_stranger,
    spend_sign_in,
)
from app.domain.access.caller import Caller
from app.domain.access.rate_limit import RateLimit
from app.http.auth.credentials import Credentials
from app.services.services import Services


class AccessControl(Protocol):
    """Knows callers and counts their requests."""

    async def authenticate(self, credentials: Credentials) -> Caller | None:
        """The caller behind some credentials, None for a stranger.

        Raises Unauthenticated for a bad token, Unavailable when nobody can tell.
        """

    async def consume_rate_limit(self, caller: Caller, request_count: int) -> RateLimit | None:
        """Count requests; `is_exceeded` when they do not fit, None when they cannot be counted."""

    async def spend_as_stranger(self, address: str | None) -> RateLimit | None:
        """Count a GraphQL request without a good credential against its network address."""

    async def spend_sign_in(self, address: str | None) -> RateLimit | None:
        """Count a sign-in or sign-up against its network address."""


class ActionAccessControl:
    """The gate of the product."""

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

    async def spend_as_stranger(self, address: str | None) -> RateLimit | None:
        """Count a request against what its address has without a good credential."""
        return await spend_as_stranger(self._services, address)

    async def spend_sign_in(self, address: str | None) -> RateLimit | None:
        """Count a sign-in or sign-up against what its address has."""
        return await spend_sign_in(self._services, address)
