"""GraphQL over HTTP: one request, one deadline, and one error for each kind of failure."""

import asyncio
from collections.abc import Callable, Mapping
from importlib.metadata import PackageNotFoundError, version
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx

from zenmode_agent.errors import Unreachable
from zenmode_agent.server.connection_errors import connection_error
from zenmode_agent.server.response import Response, read_response
from zenmode_agent.server.server_url import endpoint

REQUEST_SECONDS = 10.0
_LARGEST_RESPONSE_BYTES = 4 * 1024 * 1024
T = TypeVar("T")


def user_agent() -> str:
    """What the agent calls itself; the server shows the version beside the agent."""
    for name in ("zenmode-agent", "zenmode"):
        try:
            return f"zenmode-agent/{version(name)}"
        except PackageNotFoundError:
            continue
    return "zenmode-agent/0"


class GraphQLClient:
    """A connection to the server under one agent token. Use it as an async context manager."""

    def __init__(self, url: str, token: str) -> None:
        self._endpoint = endpoint(url)
        self._client = httpx.AsyncClient(
            headers={
                "Authorization": f"Bearer {token}",
                "Accept": "application/graphql-response+json, application/json;q=0.9",
                "User-Agent": user_agent(),
            },
            timeout=REQUEST_SECONDS,
        )

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
        """The operation's `data`. Raises Unreachable, SubscriptionEnded, Refused or TokenRefused.

        The deadline is for the whole exchange; httpx's own is for each read.
        """
        try:
            async with asyncio.timeout(REQUEST_SECONDS):
                response = await self._post({"query": document, "variables": variables})
        except (TimeoutError, httpx.TimeoutException):
            raise Unreachable(f"no response within {REQUEST_SECONDS:.0f} s") from None
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError) as error:
            raise Unreachable(connection_error(error, self._endpoint)) from None
        return read_response(document, response)

    async def ask(
        self,
        document: str,
        variables: Mapping[str, object],
        read: Callable[[dict[str, Any]], T],
    ) -> T:
        """What `read` finds in the operation's `data`; raises as `execute` does."""
        data = await self.execute(document, variables)
        try:
            return read(data)
        except (AttributeError, IndexError, KeyError, TypeError):
            raise Unreachable("the response lacks what was requested") from None

    async def _post(self, body: Mapping[str, object]) -> Response:
        async with self._client.stream("POST", self._endpoint, json=body) as response:
            content = bytearray()
            async for chunk in response.aiter_bytes():
                content += chunk
                if len(content) > _LARGEST_RESPONSE_BYTES:
                    raise Unreachable("the response is larger than any of ZenMode's")
            return Response(response.status_code, response.headers, bytes(content))
