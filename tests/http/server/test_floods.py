"""One client that sends as fast as it can does not hold up the others, nor fill our memory."""

import asyncio
import json
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from app.http.server.http_protocol import HttpProtocol
from app.http.server.websocket_protocol import MOST_CONTROL_FRAMES, MOST_FRAGMENTS, MOST_FRAMES
from tests.http.server.test_http_protocol import connected, with_fields
from tests.http.server.test_upgrade import HANDSHAKE, request
from tests.http.serving import serving
from tests.http.toy import Toy

PING, PONG, TEXT, MORE, CLOSE = 0x9, 0xA, 0x1, 0x0, 0x8


def frame(opcode: int, payload: bytes = b"", *, is_last: bool = True) -> bytes:
    """A frame as clients send it, under a mask of zeros."""
    size = len(payload)
    length = bytes([0x80 | size]) if size < 126 else b"\xfe" + struct.pack("!H", size)
    return bytes([opcode | (0x80 if is_last else 0)]) + length + bytes(4) + payload


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A WebSocket on which nothing was said yet."""
    speaking = [*HANDSHAKE, b"Sec-WebSocket-Protocol: graphql-transport-ws"]
    async with connected(url) as (reader, writer):
        writer.write(request("GET", "/graphql", speaking, b""))
        assert b" 101 " in await reader.readuntil(b"\r\n\r\n")
        yield reader, writer


async def close_code(reader: asyncio.StreamReader) -> int:
    """The code with which the server closes."""
    while True:
        first, length = await reader.readexactly(2)
        size = length if length < 126 else int.from_bytes(await reader.readexactly(2), "big")
        payload = await reader.readexactly(size)
        if first & 0xF == CLOSE:
            return int.from_bytes(payload[:2], "big")


@pytest.mark.parametrize("opcode", [PING, PONG], ids=["ping", "pong"])
@pytest.mark.parametrize("size", [0, 125])
async def test_a_flood_of_pings_or_pongs_is_closed_with_1013(
    toy: Toy, opcode: int, size: int
) -> None:
    flood = frame(opcode, b"x" * size) * 6_000
    async with serving(toy.app) as url, opened(url) as (reader, writer):
        writer.write(flood)
        assert await close_code(reader) == 1013


async def test_as_many_pings_as_somebody_needs_are_answered(toy: Toy) -> None:
    async with serving(toy.app) as url, opened(url) as (reader, writer):
        writer.write(frame(PING, b"here") * MOST_CONTROL_FRAMES)
        await reader.readexactly(6 * MOST_CONTROL_FRAMES)


async def test_messages_beyond_what_anybody_needs_are_served_later(toy: Toy) -> None:
    ping = json.dumps({"type": "ping"}).encode()
    async with serving(toy.app) as url, opened(url) as (reader, writer):
        writer.write(frame(TEXT, ping) * (MOST_FRAMES + 100))
        for _ in range(MOST_FRAMES + 100):
            await reader.readuntil(b"pong")


@pytest.mark.parametrize("payload", [b"", b"x"])
async def test_a_message_in_more_pieces_than_may_be_is_closed_with_1009(
    toy: Toy, payload: bytes
) -> None:
    pieces = frame(TEXT, b"x", is_last=False)
    pieces += frame(MORE, payload, is_last=False) * (MOST_FRAGMENTS * 2)
    async with serving(toy.app) as url, opened(url) as (reader, writer):
        writer.write(pieces)
        assert await close_code(reader) == 1009


async def test_a_message_in_some_pieces_is_read(toy: Toy) -> None:
    text = json.dumps({"type": "ping"}).encode()
    pieces = frame(TEXT, text[:1], is_last=False)
    pieces += b"".join(frame(MORE, bytes([one]), is_last=False) for one in text[1:])
    async with serving(toy.app) as url, opened(url) as (reader, writer):
        writer.write(pieces + frame(MORE))
        await reader.readuntil(b"pong")


async def test_frames_that_come_with_the_handshake_are_read_after_it(toy: Toy) -> None:
    speaking = [*HANDSHAKE, b"Sec-WebSocket-Protocol: graphql-transport-ws"]
    hello = json.dumps({"type": "ping"}).encode()
    async with serving(toy.app) as url, connected(url) as (reader, writer):
        early = frame(PING, b"early") + frame(TEXT, hello)
        writer.write(request("GET", "/graphql", speaking, b"") + early)
        answer = await reader.readuntil(b"pong")
    assert answer.startswith(b"HTTP/1.1 101")
    assert b"\r\n\r\n\x8a\x05early" in answer


@pytest.mark.parametrize(
    "flood",
    [
        with_fields() * 9_000,
        with_fields(b"Transfer-Encoding: chunked") + b"1\r\nx\r\n" * 40_000 + b"0\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"a:\r\n" * 60_000,
    ],
    ids=["requests", "chunks", "fields"],
)
async def test_what_comes_at_once_is_read_in_pieces(flood: bytes) -> None:
    pieces: list[int] = []

    class Noting(HttpProtocol):
        def _take(self, data: bytes) -> None:
            pieces.append(len(data))
            assert len(self.pipeline) < 500
            super()._take(data)

    async with serving(well, http=Noting) as url, connected(url) as (reader, writer):
        writer.write(flood)
        await reader.readuntil(b"HTTP/1.1")
    assert max(pieces) <= 8 * 1024


async def well(scope: Scope, receive: Receive, send: Send) -> None:
    body = await Request(scope, receive).body()
    await PlainTextResponse(str(len(body)))(scope, receive, send)
