"""A bare WebSocket client that says exactly what a test tells it to say."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.http.toy import GOOD

PROTOCOL = "graphql-transport-ws"


class SocketClient:
    """One connection; all that is waited for must come within a few seconds."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection

    async def send(self, message: object) -> None:
        await self.raw(json.dumps(message))

    async def raw(self, frame: str | bytes) -> None:
        await self.connection.send(frame)

    async def receive(self, within_seconds: float = 5) -> Any:
        async with asyncio.timeout(within_seconds):
            return json.loads(await self.connection.recv())

    async def init(self, token: str = GOOD) -> None:
        """Introduces itself, and is acknowledged."""
        payload = {"authorization": f"Bearer {token}"}
        await self.send({"type": "connection_init", "payload": payload})
        assert await self.receive() == {"type": "connection_ack"}

    async def subscribe(self, id: str, query: str, **variables: object) -> None:
        payload = {"query": query, "variables": variables}
        await self.send({"id": id, "type": "subscribe", "payload": payload})

    async def close_code(self, within_seconds: float = 7) -> int | None:
        """The code with which the server closes; what it says before is passed over."""
        return (await self.farewell(within_seconds))[0]

    async def farewell(self, within_seconds: float = 7) -> tuple[int | None, str]:
        """The code and the reason with which the server closes."""
        try:
            async with asyncio.timeout(within_seconds):
                while True:
                    await self.connection.recv()
        except ConnectionClosed as closed:
            return (closed.rcvd.code, closed.rcvd.reason) if closed.rcvd else (None, "")


@asynccontextmanager
async def connected(
    url: str, headers: dict[str, str] | None = None, protocol: str | None = PROTOCOL
) -> AsyncIterator[SocketClient]:
    """A connection on which nothing was said yet; to /graphql, if the address has no path."""
    path = "" if url.count("/") > 2 else "/graphql"
    async with connect(
        url.replace("http://", "ws://") + path,
        subprotocols=[protocol] if protocol else None,  # type: ignore[list-item]
        additional_headers=headers,
        ping_interval=None,
        close_timeout=1,
    ) as connection:
        yield SocketClient(connection)
