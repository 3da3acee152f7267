"""How the web server below the doors treats WebSockets."""

import asyncio

import pytest
from starlette.types import Receive, Scope, Send

from app.http.server.websocket_protocol import WebSocketProtocol
from tests.http.serving import serving
from tests.http.socket_client import connected
from tests.http.toy import Toy
from tests.waiting import until

QUICK = {"ws_ping_interval": 0.2, "ws_ping_timeout": 0.3}


async def test_a_client_that_answers_pings_stays(toy: Toy) -> None:
    async with serving(toy.app, **QUICK) as url, connected(url) as client:
        await client.init()
        with pytest.raises(TimeoutError):
            await client.receive(within_seconds=1)


async def test_a_client_that_no_longer_reads_is_asked_to_come_back_and_cut(toy: Toy) -> None:
    async with serving(toy.app, **QUICK) as url, connected(url) as client:
        await client.init()
        client.connection.transport.pause_reading()
        await until(lambda: toy.socket.open_connections == 0)
        client.connection.transport.resume_reading()
        assert await client.close_code() == 1013


async def test_what_a_client_never_reads_does_not_keep_its_connection_open() -> None:
    was_lost = asyncio.Event()

    class Watched(WebSocketProtocol):
        def connection_lost(self, exc: Exception | None) -> None:
            super().connection_lost(exc)
            was_lost.set()

    async def flood(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.send", "text": "x" * 50_000_000})

    async with (
        serving(flood, ws=Watched) as url,
        connected(url, protocol=None) as client,
        asyncio.timeout(5),
    ):
        client.connection.transport.pause_reading()
        await was_lost.wait()
