"""GraphQL over HTTP: one request, one deadline, and every way to fail told apart."""

import asyncio
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import httpx

REQUEST_SECONDS = 10.0
LONGEST_RETRY_AFTER_SECONDS = 600.0
_ASK_AGAIN = frozenset({"UNAVAILABLE", "INTERNAL", "RATE_LIMITED"})
_TOKEN_REFUSED = frozenset({"UNAUTHENTICATED", "FORBIDDEN", "NO_ACTIVE_SUBSCRIPTION"})
_PASSING_STATUSES = frozenset({408, 425, 429})


class Unreachable(Exception):
    """No answer, or one that may be another next time; whether the server acted is unknown."""

    def __init__(self, message: str, retry_after_seconds: float = 0.0) -> None:
        super().__init__(message)
        self.retry_after_seconds = min(retry_after_seconds, LONGEST_RETRY_AFTER_SECONDS)


class Refused(Exception):
    """The server understood and said no; `code` is `extensions.code`, or `HTTP_<status>`."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{message} ({code})")
        self.code = code


class TokenRefused(Refused):
    """The token is wrong, revoked, not an agent's, or its workspace has no subscription."""

    def __str__(self) -> str:
        return f"the server refused the agent's token: {super().__str__()}"


class BadAddress(ValueError):
    """The server's address is not `http(s)://host…`."""


def user_agent() -> str:
    """What the agent calls itself; the server shows the version beside the agent."""
    try:
        return f"zenmode-agent/{version('zenmode')}"
    except PackageNotFoundError:
        return "zenmode-agent/0"


def endpoint(url: str) -> str:
    """The address of GraphQL below the server's address."""
    try:
        parts = urlsplit(url)
        is_address = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        is_address = False
    if not is_address:
        raise BadAddress(f"{url!r} is not the address of a server: it needs http(s)://host[:port]")
    return url.rstrip("/") + "/graphql"


class Session:
    """A connection to the server under one agent token. Use it as an async context manager."""

    def __init__(self, url: str, token: str) -> None:
        self._client = httpx.AsyncClient(
            headers={
                "Authorization": f"Bearer {token}",
                "Accept": "application/graphql-response+json, application/json;q=0.9",
                "User-Agent": user_agent(),
            },
            timeout=REQUEST_SECONDS,
        )
        self._endpoint = endpoint(url)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._client.aclose()

    async def execute(self, document: str, variables: Mapping[str, object]) -> dict[str, Any]:
        """The operation's `data`. Raises Unreachable, Refused or TokenRefused.

        The deadline is for the whole exchange, as httpx's own starts anew at every read.
        """
        body = {"query": document, "variables": variables}
        try:
            async with asyncio.timeout(REQUEST_SECONDS):
                response = await self._client.post(self._endpoint, json=body)
        except TimeoutError:
            raise Unreachable(f"no answer within {REQUEST_SECONDS:.0f} s") from None
        except httpx.TransportError as error:
            raise Unreachable(f"the server cannot be reached ({_words(error)})") from None
        return _data(response)


def _words(error: Exception) -> str:
    return str(error) or type(error).__name__


def _data(response: httpx.Response) -> dict[str, Any]:
    answer = _json_object(response)
    errors = answer.get("errors")
    if errors:
        raise _failure(errors[0], response)
    data = answer.get("data")
    if response.is_success and isinstance(data, dict):
        return data
    raise _failure({}, response)


def _json_object(response: httpx.Response) -> dict[str, Any]:
    try:
        answer = response.json()
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def _failure(error: Mapping[str, Any], response: httpx.Response) -> Unreachable | Refused:
    extensions = error.get("extensions") or {}
    code = extensions.get("code") or f"HTTP_{response.status_code}"
    message = error.get("message") or f"the server answered {response.status_code}"
    if code in _TOKEN_REFUSED or response.status_code == 401:
        return TokenRefused(code, message)
    passing = response.status_code >= 500 or response.status_code in _PASSING_STATUSES
    if code in _ASK_AGAIN or passing or (response.is_success and not error):
        return Unreachable(f"{message} ({code})", _retry_after(extensions, response))
    return Refused(code, message)


def _retry_after(extensions: Mapping[str, Any], response: httpx.Response) -> float:
    told = extensions.get("retryAfter") or response.headers.get("retry-after")
    try:
        return max(0.0, float(told or 0))
    except (TypeError, ValueError):
        return 0.0
