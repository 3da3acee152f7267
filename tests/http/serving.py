"""A real web server around any app, for as long as a test needs it."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from app.http.server.server_options import SERVER_OPTIONS


@asynccontextmanager
async def serving(app: ASGIApp, **options: Any) -> AsyncIterator[str]:
    """The address under which the app answers on this machine; `options` stand in for ours."""
    listener = socket.create_server(("127.0.0.1", 0))
    # asyncio does it only for sockets that it made itself; without, each answer waits 40 ms.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    every = (
        {"log_level": "warning", "log_config": None, "lifespan": "off"} | SERVER_OPTIONS | options
    )
    config = uvicorn.Config(app, **every)
    server = _QuietServer(config)
    running = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        await running
        listener.close()


class _QuietServer(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals belong to the test run."""
        yield
