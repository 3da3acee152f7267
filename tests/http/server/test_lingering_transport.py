"""A refusal is read by whoever was refused, though it still sends."""

import asyncio
import json
from contextlib import suppress

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from app.http.server.http_protocol import HttpProtocol
from app.http.server.lingering_transport import LINGER_BYTES
from tests.http.middleware.test_body_limit import limited
from tests.http.server.test_http_protocol import Hasty, app, connected, with_fields
from tests.http.serving import serving
from tests.http.socket_client import connected as socket_connected
from tests.http.toy import Toy
from tests.waiting import until

MUCH = LINGER_BYTES - 128 * 1024


async def read_after_sending(url: str, sent: bytes) -> bytes:
    """The answer, looked for only when all is sent."""
    async with connected(url) as (reader, writer):
        reader._transport.pause_reading()  # type: ignore[attr-defined]
        for start in range(0, len(sent), 64 * 1024):
            writer.write(sent[start : start + 64 * 1024])
            await writer.drain()
        reader._transport.resume_reading()  # type: ignore[attr-defined]
        return await reader.read()


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (with_fields(b"A: " + b"b" * MUCH), b"400"),
        (with_fields(*[b"A: b"] * (MUCH // 6)), b"400"),
        (b"GET /" + b"a" * MUCH + b" HTTP/1.1\r\nHost: x\r\n\r\n", b"400"),
        (b"nonsense\r\n\r\n" + b"x" * MUCH, b"400"),
        (b"CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n" + b"x" * MUCH, b"405"),
        (with_fields(b"Content-Length: %d" % MUCH) + b"x" * MUCH, b"413"),
        (with_fields(b"Transfer-Encoding: chunked") + b"%x\r\n" % MUCH + b"x" * MUCH, b"413"),
        (with_fields(b"Transfer-Encoding: chunked") + b"zz\r\n" + b"x" * MUCH, b"400"),
    ],
    ids=["field", "fields", "path", "nonsense", "tunnel", "length", "chunked", "broken"],
)
async def test_a_refusal_can_be_read_by_who_is_still_sending(sent: bytes, status: bytes) -> None:
    async with serving(limited()) as url:
        for _ in range(5):
            answer = await read_after_sending(url, sent)
            assert answer.startswith(b"HTTP/1.1 " + status)
            assert b"connection: close" in answer.lower()


async def test_one_connection_too_many_reads_why() -> None:
    async with serving(app, http=Hasty) as url, connected(url), connected(url), connected(url):
        answer = await read_after_sending(url, with_fields(b"A: " + b"b" * MUCH))
    assert answer.startswith(b"HTTP/1.1 503")


async def test_a_frame_that_is_too_large_is_reported(toy: Toy) -> None:
    for size in (64 * 1024 + 1, 2_000_000):
        async with serving(toy.app) as url, socket_connected(url) as client:
            await client.raw("x" * size)
            assert await client.close_code() == 1009


async def test_who_was_answered_is_not_listened_to_for_ever() -> None:
    was_lost = asyncio.Event()

    class Watched(Hasty):
        def connection_lost(self, exc: Exception | None) -> None:
            super().connection_lost(exc)
            was_lost.set()

    async with serving(app, http=Watched) as url, connected(url) as (_, writer):
        writer.write(b"nonsense\r\n\r\n")
        with suppress(ConnectionError):
            while not was_lost.is_set():
                writer.write(b"x" * 64 * 1024)
                await writer.drain()
        await was_lost.wait()


async def early(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers before it has looked at the body."""
    await PlainTextResponse("no", 401)(scope, receive, send)


async def test_an_answer_before_the_body_has_come_is_the_last_and_says_so() -> None:
    async with serving(early) as url:
        answer = await read_after_sending(
            url, with_fields(b"Content-Length: %d" % MUCH) + b"x" * MUCH
        )
    assert answer.count(b"HTTP/1.1 ") == 1
    assert b"connection: close" in answer


async def test_an_answer_after_the_whole_body_leaves_the_connection_open() -> None:
    one = with_fields(b"Content-Length: 1") + b"x"
    async with serving(early) as url, connected(url) as (reader, writer):
        for _ in range(3):
            writer.write(one)
            assert b"connection: close" not in await reader.readuntil(b"\r\n\r\nno")


async def test_a_client_that_has_said_all_gets_its_answers() -> None:
    has_ended, go_on = asyncio.Event(), asyncio.Event()

    class Watched(HttpProtocol):
        def eof_received(self) -> bool:  # type: ignore[override]
            has_ended.set()
            return super().eof_received()

    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        body = await Request(scope, receive).body()
        await go_on.wait()
        await PlainTextResponse(body)(scope, receive, send)

    first, second = (with_fields(b"Content-Length: 5") + body for body in (b"first", b"later"))
    async with serving(slow, http=Watched) as url:
        async with connected(url) as (reader, writer):
            writer.write(first)
            writer.write_eof()
            await has_ended.wait()
            go_on.set()
            assert b"first" in await reader.read()
        async with connected(url) as (reader, writer):
            writer.write(first + second)
            writer.write_eof()
            answers = await reader.read()
    assert answers.index(b"first") < answers.index(b"later")


async def test_an_answer_that_was_just_given_is_not_lost_when_the_client_ends() -> None:
    class Ending(HttpProtocol):
        def on_response_complete(self) -> None:
            super().on_response_complete()
            # As the loop does it, before the answer has left.
            if not self.eof_received():
                self.transport.plain.close()

    async with serving(app, http=Ending) as url, connected(url) as (reader, writer):
        writer.write(with_fields())
        assert b"well" in await reader.read()


async def test_a_stream_ends_when_its_client_leaves() -> None:
    was_left = asyncio.Event()

    async def stream(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "http.response.start", "status": 200})
        await send({"type": "http.response.body", "body": b"on", "more_body": True})
        while (await receive())["type"] != "http.disconnect":
            pass
        was_left.set()

    async with serving(stream) as url, connected(url) as (reader, writer):
        writer.write(with_fields())
        await reader.readuntil(b"on")
        writer.close()
        async with asyncio.timeout(5):
            await was_left.wait()


async def test_what_cannot_be_read_does_not_overtake_an_answer() -> None:
    go_on = asyncio.Event()
    asked: list[str] = []

    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        asked.append(scope["path"])
        await go_on.wait()
        await PlainTextResponse("well")(scope, receive, send)

    for broken in (b"nonsense\r\n\r\n", with_fields(b"Host: y"), with_fields(b"A: " + b"b" * MUCH)):
        asked.clear()
        go_on.clear()
        async with serving(slow) as url, connected(url) as (reader, writer):
            writer.write(with_fields() + broken)
            await until(lambda: asked)
            go_on.set()
            answers = await reader.read()
        first, _, second = answers.partition(b"well")
        assert first.startswith(b"HTTP/1.1 200")
        assert second.startswith(b"HTTP/1.1 400")
        assert json.loads(second.partition(b"\r\n\r\n")[2])["code"] == "invalid_request"
