"""Bodies are read whole or not at all."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from app.http.middleware.body_limit import BodyLimit
from tests.http.asgi_request import ask
from tests.http.serving import serving


async def measure(scope: Scope, receive: Receive, send: Send) -> None:
    body = await Request(scope, receive).body()
    await PlainTextResponse(str(len(body)))(scope, receive, send)


def limited(deadline_seconds: float = 5) -> ASGIApp:
    return BodyLimit(
        measure,
        max_bytes=1_000,
        too_large=PlainTextResponse("too large", 413),
        too_late=PlainTextResponse("too late", 408),
        deadline_seconds=deadline_seconds,
    )


async def drip(count: int) -> AsyncIterator[bytes]:
    for _ in range(count):
        yield b"x" * 100


@pytest.mark.parametrize("size", [0, 1, 1_000])
async def test_a_body_within_the_limit_arrives_whole(size: int) -> None:
    answer = await ask(limited(), "POST", content=b"x" * size)
    assert (answer.status_code, answer.text) == (200, str(size))
    assert "connection" not in answer.headers


async def test_a_body_in_pieces_arrives_whole() -> None:
    assert (await ask(limited(), "POST", content=drip(10))).text == "1000"


async def test_a_body_beyond_the_limit_is_refused() -> None:
    for content in (b"x" * 1_001, drip(11)):
        answer = await ask(limited(), "POST", content=content)
        assert (answer.status_code, answer.text) == (413, "too large")
        assert answer.headers["connection"] == "close"


async def exchange(url: str, sent: bytes) -> bytes:
    """All that comes back, until the server hangs up."""
    host, port = url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(sent)
    async with asyncio.timeout(5):
        answer = await reader.read()
    writer.close()
    return answer


async def test_what_is_announced_as_too_large_is_not_even_begun() -> None:
    async with serving(limited()) as url:
        answer = await exchange(
            url, b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999999\r\n\r\n"
        )
    assert answer.startswith(b"HTTP/1.1 413")


async def test_an_endless_body_is_not_read_on() -> None:
    begun = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    async with serving(limited()) as url:
        answer = await exchange(url, begun + b"400\r\n" + b"x" * 1024 + b"\r\n")
    assert answer.startswith(b"HTTP/1.1 413")


async def test_a_body_that_never_comes_is_not_waited_for() -> None:
    async with serving(limited(deadline_seconds=0.1)) as url:
        answer = await exchange(url, b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nx")
    assert answer.startswith(b"HTTP/1.1 408")
    assert answer.endswith(b"too late")
