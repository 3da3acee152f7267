"""GraphQL over HTTP: one request, one deadline, and every way to fail told apart."""

import asyncio
from collections.abc import Callable, Mapping
from importlib.metadata import PackageNotFoundError, version
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx

from app.agent.address import endpoint
from app.agent.connection_words import connection_words
from app.agent.errors import BadAddress, Refused, SubscriptionEnded, TokenRefused, Unreachable
from app.agent.response import Response, read_response

__all__ = [
    "BadAddress",
    "GraphQLClient",
    "Refused",
    "SubscriptionEnded",
    "TokenRefused",
    "Unreachable",
    "endpoint",
    "user_agent",
]

REQUEST_SECONDS = 10.0
_LARGEST_ANSWER_BYTES = 4 * 1024 * 1024
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

        The deadline is for the whole exchange, as httpx's own starts anew at every read.
        """
        try:
            async with asyncio.timeout(REQUEST_SECONDS):
                response = await self._post({"query": document, "variables": variables})
        except (TimeoutError, httpx.TimeoutException):
            raise Unreachable(f"no answer within {REQUEST_SECONDS:.0f} s") from None
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError) as error:
            raise Unreachable(connection_words(error, self._endpoint)) from None
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
            raise Unreachable("the answer lacks what was asked for") from None

    async def _post(self, body: Mapping[str, object]) -> Response:
        async with self._client.stream("POST", self._endpoint, json=body) as answer:
            content = bytearray()
            async for chunk in answer.aiter_bytes():
                content += chunk
                if len(content) > _LARGEST_ANSWER_BYTES:
                    raise Unreachable("the answer is larger than any of ZenMode's")
            return Response(answer.status_code, answer.headers, bytes(content))
