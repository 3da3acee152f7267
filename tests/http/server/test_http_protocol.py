"""Clients that are slow, greedy or hostile before a request has even begun."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from app.http.server.http_protocol import HttpProtocol
from app.http.server.request_head import HEAD_BYTES, HEAD_FIELDS
from tests.http.serving import serving
from tests.waiting import until

WELL = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


class Hasty(HttpProtocol):
    """The same, with less patience and room."""

    head_seconds = 0.2
    read_seconds = 0.2
    most_connections = 3


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    host, port = url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    try:
        async with asyncio.timeout(5):
            yield reader, writer
    finally:
        writer.close()


async def answer_to(url: str, *sent: bytes) -> tuple[int, dict[str, object]]:
    """Status and body of what comes back until the server hangs up."""
    async with connected(url) as (reader, writer):
        for piece in sent:
            writer.write(piece)
            await writer.drain()
        answer = await reader.read()
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), json.loads(body)


def with_fields(*fields: bytes) -> bytes:
    return b"\r\n".join([b"GET / HTTP/1.1", b"Host: x", *fields, b"", b""])


app = PlainTextResponse("well")


async def accepting(scope: Scope, receive: Receive, send: Send) -> None:
    """Takes every WebSocket, and is silent."""
    if scope["type"] == "http":
        await app(scope, receive, send)
        return
    await receive()
    await send({"type": "websocket.accept"})
    await receive()


@pytest.mark.parametrize(
    "sent",
    [
        with_fields(*[b"A: b"] * HEAD_FIELDS),
        with_fields(b"A: " + b"b" * HEAD_BYTES),
        with_fields(b"A: " + b"b" * HEAD_BYTES).removesuffix(b"\r\n\r\n"),
        b"GET /" + b"a" * HEAD_BYTES + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        with_fields(b"Host: y"),
        b"GET / HTTP/1.1\r\n\r\n",
        b"nonsense\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ],
)
async def test_a_head_that_is_too_large_or_wrong_is_refused_in_the_apis_words(sent: bytes) -> None:
    async with serving(app) as url:
        status, body = await answer_to(url, sent)
    assert (status, body["code"], set(body)) == (
        400,
        "invalid_request",
        {"error", "code", "doc_url", "request_id"},
    )


async def test_what_fits_is_let_through() -> None:
    fields = [b"A: " + b"b" * 100] * (HEAD_FIELDS - 2)
    async with serving(app) as url, connected(url) as (reader, writer):
        writer.write(with_fields(*fields, b"Connection: close"))
        assert (await reader.read()).startswith(b"HTTP/1.1 200")


async def test_a_head_that_drips_is_not_waited_for() -> None:
    async with serving(app, http=Hasty) as url, connected(url) as (reader, writer):
        reading = asyncio.create_task(reader.read())
        for byte in WELL * 20:
            if reading.done():
                break
            writer.write(bytes([byte]))
            await asyncio.wait({reading}, timeout=0.05)
        answer = await reading
    assert answer.startswith(b"HTTP/1.1 408")
    assert b'"code":"invalid_request"' in answer


async def test_a_second_head_that_drips_is_not_waited_for_either() -> None:
    async with serving(app, http=Hasty) as url, connected(url) as (reader, writer):
        writer.write(WELL + b"GET / HT")
        answer = await reader.read()
    assert answer.count(b"HTTP/1.1 ") == 2
    assert b"HTTP/1.1 408" in answer


async def test_who_says_nothing_is_hung_up_on() -> None:
    async with serving(app, http=Hasty) as url, connected(url) as (reader, _):
        assert await reader.read() == b""


async def test_who_sends_nothing_but_empty_lines_between_requests_is_hung_up_on() -> None:
    async with serving(app, http=Hasty) as url, connected(url) as (reader, writer):
        writer.write(WELL)
        await reader.readuntil(b"well")
        writer.write(b"\r\n")
        assert b"HTTP/1.1 200" not in await reader.read()


async def test_a_websocket_on_a_connection_that_served_requests_is_left_open() -> None:
    upgrade = [b"Upgrade: websocket", b"Connection: Upgrade", b"Sec-WebSocket-Version: 13"]
    key = b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="
    async with serving(accepting, http=Hasty) as url, connected(url) as (reader, writer):
        writer.write(WELL)
        await reader.readuntil(b"well")
        writer.write(with_fields(*upgrade, key).replace(b"GET /", b"GET /graphql"))
        assert b"101" in await reader.readuntil(b"\r\n\r\n")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(reader.read(1), Hasty.head_seconds * 3)


async def test_who_does_not_read_is_cut() -> None:
    was_left = asyncio.Event()

    async def flood(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200})
        try:
            await send({"type": "http.response.body", "body": b"x" * 50_000_000})
            await receive()
        finally:
            was_left.set()

    async with serving(flood, http=Hasty) as url, connected(url) as (reader, writer):
        reader._transport.pause_reading()  # type: ignore[attr-defined]
        writer.write(WELL)
        await was_left.wait()


async def test_past_so_many_connections_the_next_is_asked_to_come_again() -> None:
    async with serving(app, http=Hasty) as url:
        async with connected(url), connected(url), connected(url):
            status, body = await answer_to(url)

        async def is_let_in() -> bool:
            async with connected(url) as (reader, writer):
                writer.write(WELL)
                return (await reader.readline()).startswith(b"HTTP/1.1 200")

        await until(is_let_in)
    assert (status, body["code"]) == (503, "unavailable")
