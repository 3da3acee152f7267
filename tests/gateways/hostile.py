"""Receivers that do what no honest one does, and names that stand for what a test says."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address

import trustme

from app.domain.webhooks.webhook_address import Address
from app.gateways.receivers.resolver import UnresolvedError

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class Names:
    """A resolver whose every name gets its answers in turn; the last one then stays."""

    def __init__(self, **answers: list[list[str]]) -> None:
        self._answers = answers
        self.asked = 0

    async def resolve(self, host: str, port: int) -> list[Address]:
        self.asked += 1
        answers = self._answers.get(host.partition(".")[0])
        if answers is None:
            raise UnresolvedError(host)
        found = answers.pop(0) if len(answers) > 1 else answers[0]
        return [ip_address(one) for one in found]


@dataclass
class Listening:
    """Where a hostile receiver is, and what it has seen."""

    port: int
    connections: int = 0
    requests: list[bytes] = field(default_factory=list)


def certified(authority: trustme.CA, *names: str, **issued: object) -> ssl.SSLContext:
    """What a server needs to say that it has these names."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(*names, **issued).configure_cert(context)  # type: ignore[arg-type]
    return context


@asynccontextmanager
async def listening(talk: Talk, tls: ssl.SSLContext | None) -> AsyncIterator[Listening]:
    """A server on 127.0.0.1 that talks to each connection so, until the test is over."""
    talking: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        talking.add(task)
        seen.connections += 1
        try:
            await talk(reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the other side has gone, or the test has
        finally:
            talking.discard(task)
            writer.transport.abort()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    seen = Listening(server.sockets[0].getsockname()[1])
    try:
        yield seen
    finally:
        server.close()
        for task in list(talking):
            task.cancel()
        await asyncio.gather(*talking, return_exceptions=True)


async def read_request(reader: asyncio.StreamReader) -> bytes:
    """The head and the body of one request."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(
        int(line.partition(b":")[2])
        for line in head.split(b"\r\n")
        if line.lower().startswith(b"content-length:")
    )
    return head + await reader.readexactly(length)


def saying(*parts: bytes, then_close: bool = False) -> Talk:
    """Reads a request, says these things, and hangs or closes."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        for part in parts:
            writer.write(part)
            await writer.drain()
        if not then_close:
            await reader.read()
        writer.close()
        await writer.wait_closed()

    return talk


def repeating(part: bytes, first: bytes = b"") -> Talk:
    """Reads a request, and says the same as fast as it can for as long as anybody listens."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(first)
        while True:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(0)

    return talk
