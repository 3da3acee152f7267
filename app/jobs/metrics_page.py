"""The worker's `/metrics`, on a port of its own: the worker has no web server."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from app.actions.operations.read_metrics import MetricsReader
from app.gateways.metrics import MEDIA_TYPE
from app.services.services import Services

_ASK_SECONDS = 5.0
_LARGEST_HEAD_BYTES = 8_192


@asynccontextmanager
async def serving_metrics(services: Services, host: str, port: int | None) -> AsyncIterator[None]:
    """Answer every request to this port with the readings; without a port, nothing.

    Raises OSError when nothing can listen there.
    """
    if port is None:
        yield
        return
    page = _MetricsPage(services)
    server = await asyncio.start_server(page.answer, host, port, limit=_LARGEST_HEAD_BYTES)
    try:
        yield
    finally:
        server.close()


class _MetricsPage:
    def __init__(self, services: Services) -> None:
        self._reader = MetricsReader(services)

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(_ASK_SECONDS):
                await reader.readuntil(b"\r\n\r\n")
                text = await self._reader.page()
                writer.write(_head(len(text)) + text)
                await writer.drain()
        except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            return
        finally:
            writer.close()


def _head(length: int) -> bytes:
    lines = ["HTTP/1.1 200 OK", f"Content-Type: {MEDIA_TYPE}", f"Content-Length: {length}"]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode()
