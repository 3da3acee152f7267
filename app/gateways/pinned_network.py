"""httpcore's way to the network, made to go to the very address that was checked.

The origin of a connection is written as `address host`, so that the pool keeps connections apart by
both: one that is reused leads to an address that was checked in this very attempt, and its
certificate was checked for this very host.
"""

import asyncio
import ssl
from collections.abc import Iterable
from typing import Any

import httpcore

_MOST_BYTES = 64 * 1024


class TooMuchAnsweredError(Exception):
    """More came back than anybody reads."""


def pinned_origin(address: str, host: str) -> bytes:
    """What stands in the place of the host."""
    return f"{address} {host}".encode("ascii")


class PinnedNetwork(httpcore.AsyncNetworkBackend):
    """Connects to the address in a pinned origin, and to nothing else."""

    def __init__(self) -> None:
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Raises ValueError for an origin that is not pinned."""
        address, separator, _ = host.partition(" ")
        if not separator:
            raise ValueError("an origin must be pinned to an address")
        stream = await self._network.connect_tcp(
            address, port, timeout, local_address, socket_options
        )
        return _CappedStream(stream)

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await self._network.sleep(seconds)


class _CappedStream(httpcore.AsyncNetworkStream):
    """Counts what comes back after each request: 1xx answers, headers and body, 64 KiB at most."""

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream
        self._received = 0

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        left = _MOST_BYTES - self._received
        if left <= 0:
            raise TooMuchAnsweredError
        data = await self._stream.read(min(max_bytes, left), timeout)
        self._received += len(data)
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        self._received = 0
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> httpcore.AsyncNetworkStream:
        try:
            stream = await self._stream.start_tls(ssl_context, server_hostname, timeout)
        except asyncio.CancelledError:
            # httpcore closes the connection after an error, but not when the deadline has come.
            await self._stream.aclose()
            raise
        return _CappedStream(stream)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
