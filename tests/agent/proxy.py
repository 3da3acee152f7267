"""Between an agent and the server: a network that holds, loses and cuts as it is sent to."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from tests.agent.scripted import listening


@dataclass(frozen=True)
class Request:
    """One operation that an agent asked for."""

    operation: str
    variables: dict[str, Any]


class Proxy:
    """Forwards everything, WebSockets too, unless sent otherwise."""

    def __init__(self, server_url: str) -> None:
        parts = urlsplit(server_url)
        self._server = (parts.hostname, parts.port)
        self.url = ""
        self.requested: list[Request] = []
        self._lost: Counter[str] = Counter()
        self._gates: dict[str, asyncio.Event] = {}
        self._is_cut = False
        self._writers: set[asyncio.StreamWriter] = set()

    def lose_answer_to(self, operation: str, times: int = 1) -> None:
        """The server gets to do it; the agent never hears of it."""
        self._lost[operation] += times

    def hold(self, operation: str) -> asyncio.Event:
        """Keeps such requests from the server until the event is set."""
        self._gates[operation] = asyncio.Event()
        return self._gates[operation]

    def cut(self) -> None:
        """Ends every connection and every attempt at a new one, until `mend`."""
        self._is_cut = True
        for writer in self._writers:
            writer.transport.abort()

    def mend(self) -> None:
        self._is_cut = False

    def sent(self, operation: str) -> list[dict[str, Any]]:
        """The variables of every such request so far."""
        return [asked.variables for asked in self.requested if asked.operation == operation]

    async def converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        if self._is_cut:
            return
        head = await reader.readuntil(b"\r\n\r\n")
        fields = dict(line.split(b": ", 1) for line in head.lower().split(b"\r\n")[1:-2])
        body = await reader.readexactly(int(fields.get(b"content-length", 0)))
        operation = self._note(body) if body else ""
        if gate := self._gates.get(operation):
            await gate.wait()
        from_server, to_server = await asyncio.open_connection(*self._server)
        self._writers.add(to_server)
        try:
            if b"upgrade" in fields:
                to_server.write(head)
                await _splice(reader, writer, from_server, to_server)
            else:
                to_server.write(_without_keep_alive(head) + body)
                await self._answer(operation, await from_server.read(), writer)
        finally:
            to_server.close()

    def _note(self, body: bytes) -> str:
        asked = json.loads(body)
        operation: str = asked["query"].split()[1].partition("(")[0]
        self.requested.append(Request(operation, asked["variables"]))
        return operation

    async def _answer(self, operation: str, answer: bytes, writer: asyncio.StreamWriter) -> None:
        if self._lost[operation] > 0:
            self._lost[operation] -= 1
            return
        writer.write(answer)
        await writer.drain()


@asynccontextmanager
async def proxy_to(server_url: str) -> AsyncIterator[Proxy]:
    proxy = Proxy(server_url)
    async with listening(proxy.converse) as port:
        proxy.url = f"http://127.0.0.1:{port}"
        yield proxy


def _without_keep_alive(head: bytes) -> bytes:
    return head.replace(b"onnection: keep-alive", b"onnection: close")


async def _splice(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    from_server: asyncio.StreamReader,
    to_server: asyncio.StreamWriter,
) -> None:
    ways = {
        asyncio.create_task(_pour(reader, to_server)),
        asyncio.create_task(_pour(from_server, writer)),
    }
    try:
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for way in ways:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while piece := await reader.read(65536):
            writer.write(piece)
            await writer.drain()
