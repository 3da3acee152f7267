"""WebSockets by hand: whatever comes from Redis goes to everybody, as it came.

Each connection has its own queue and its own task, so that none waits for another.
"""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from redis.asyncio import Redis
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

_queues: set[asyncio.Queue[str]] = set()


async def _serve(socket: WebSocket) -> None:
    await socket.accept(subprotocol="graphql-transport-ws")
    await socket.receive_text()
    await socket.send_text('{"type":"connection_ack"}')
    queue: asyncio.Queue[str] = asyncio.Queue()
    _queues.add(queue)
    with suppress(WebSocketDisconnect):
        while True:
            await socket.send_text(await queue.get())


async def _pass_on() -> None:
    redis = Redis.from_url(os.environ["BENCH_REDIS_URL"])
    async with redis.pubsub() as pubsub:
        await pubsub.subscribe("bench:raw")
        async for message in pubsub.listen():
            if message["type"] == "message":
                text = message["data"].decode()
                for queue in _queues:
                    queue.put_nowait(text)


@asynccontextmanager
async def _lifespan(_app: Starlette) -> AsyncIterator[None]:
    passing_on = asyncio.create_task(_pass_on())
    yield
    passing_on.cancel()


app = Starlette(routes=[WebSocketRoute("/graphql", _serve)], lifespan=_lifespan)
