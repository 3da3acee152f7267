"""Who may come in, and how often: the same for both doors."""

from typing import Protocol

from app.actions.authenticate import authenticate
from app.actions.outside import Outside
from app.actions.spend_budget import spend_as_stranger, spend_budget, spend_sign_in
from app.domain.caller import Caller
from app.domain.rate_limit import RateLimit
from app.http.credentials import Credentials


class Gate(Protocol):
    """Knows callers and counts their requests."""

    async def admit(self, credentials: Credentials) -> Caller | None:
        """The caller behind some credentials, None for a stranger.

        Raises Unauthenticated for a bad token, Unavailable when nobody can tell.
        """

    async def spend(self, caller: Caller, request_count: int) -> RateLimit | None:
        """Count requests; `is_exceeded` when they do not fit, None when they cannot be counted."""

    async def spend_as_stranger(self, address: str | None) -> RateLimit | None:
        """Count a GraphQL request without a good credential against its network address."""

    async def spend_sign_in(self, address: str | None) -> RateLimit | None:
        """Count a sign-in or sign-up against its network address."""


class ActionGate:
    """The gate of the product."""

    def __init__(self, outside: Outside) -> None:
        self._outside = outside

    async def admit(self, credentials: Credentials) -> Caller | None:
        """The caller behind some credentials, read at most four seconds ago."""
        return await authenticate(
            self._outside,
            bearer=credentials.bearer,
            session_token=credentials.session_token,
            version=credentials.agent_version,
        )

    async def spend(self, caller: Caller, request_count: int) -> RateLimit | None:
        """Count requests against the caller's budget."""
        return await spend_budget(self._outside, caller, request_count)

    async def spend_as_stranger(self, address: str | None) -> RateLimit | None:
        """Count a request against what its address has without a good credential."""
        return await spend_as_stranger(self._outside, address)

    async def spend_sign_in(self, address: str | None) -> RateLimit | None:
        """Count a sign-in or sign-up against what its address has."""
        return await spend_sign_in(self._outside, address)
