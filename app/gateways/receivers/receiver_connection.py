"""A connection to a receiver: to the very address that was checked, one request at a time."""

import asyncio
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from app.domain.webhooks.webhook_address import Address
from app.gateways.receivers.receiver_response import (
    NotHttpError,
    ReceiverAnswer,
    TooMuchAnsweredError,
)

# Once the excerpt is complete, the end of the answer only serves to keep the connection.
_REST_SECONDS = 1.0


class NoAnswerError(Exception):
    """The connection was closed before there was a status."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a connection leads: a host whose certificate it showed, at an address, at a port."""

    host: str
    port: int
    address: Address


class ReceiverConnection(asyncio.Protocol):
    """HTTP/1.1 over TLS. Whatever ends it ends it at once: there is no closing handshake."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self.on_lost: Callable[[ReceiverConnection], None] | None = None
        self._transport: asyncio.Transport | None = None
        self._answer: ReceiverAnswer | None = None
        self._ended: asyncio.Future[None] | None = None
        self._enough_bytes = 0
        self._rest: asyncio.TimerHandle | None = None
        self.is_open = False

    async def exchange(self, request: bytes, answer: ReceiverAnswer, enough_bytes: int) -> None:
        """Send, and read into `answer` until it ends, or there is enough of its body.

        Raises NoAnswerError, NotHttpError, TooMuchAnsweredError or OSError, and only as long as
        the answer has no status. Left early or with an error, the connection is at its end.
        """
        if self._transport is None or not self.is_open:
            raise NoAnswerError
        self._answer, self._enough_bytes = answer, enough_bytes
        self._ended = asyncio.get_running_loop().create_future()
        try:
            self._transport.write(request)
            await self._ended
        except BaseException:
            self.abort()
            raise
        finally:
            self._answer = self._ended = None
            if self._rest is not None:
                self._rest.cancel()
                self._rest = None
        if not answer.may_be_followed or self._transport.get_write_buffer_size():
            self.abort()

    def abort(self) -> None:
        """End it now. Closing TLS in an orderly way would wait for a receiver that floods."""
        self.is_open = False
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by the loop once TLS is agreed on."""
        self._transport = cast(asyncio.Transport, transport)
        self.is_open = True

    def data_received(self, data: bytes) -> None:
        """Called by the loop."""
        answer = self._answer
        if answer is None or self._ended is None or self._ended.done():
            # There was no request: whatever this is, it must not become the answer to the next one.
            self.abort()
            return
        try:
            answer.read(data)
        except (NotHttpError, TooMuchAnsweredError) as error:
            self._ended.set_exception(error)
            return
        if answer.is_complete:
            self._end()
        elif len(answer.body) >= self._enough_bytes and self._rest is None:
            loop = asyncio.get_running_loop()
            self._rest = loop.call_later(_REST_SECONDS, self._end)

    def connection_lost(self, exc: Exception | None) -> None:
        """Called by the loop, whichever side closed it."""
        self.is_open = False
        if self._ended is not None and not self._ended.done():
            if self._answer is not None and self._answer.status_code is not None:
                self._answer.may_be_followed = False
                self._ended.set_result(None)
            else:
                self._ended.set_exception(exc or NoAnswerError())
        if self.on_lost is not None:
            self.on_lost(self)

    def _end(self) -> None:
        if self._ended is not None and not self._ended.done():
            self._ended.set_result(None)


async def connect(
    endpoint: Endpoint, tls: ssl.SSLContext, tcp_seconds: float | None
) -> ReceiverConnection:
    """A new connection; TLS shows a certificate for the host, or there is none.

    Raises OSError (ssl.SSLError is one), and TimeoutError when TCP alone takes longer than
    `tcp_seconds`.
    """
    loop = asyncio.get_running_loop()
    family = socket.AF_INET if endpoint.address.version == 4 else socket.AF_INET6
    raw = socket.socket(family, socket.SOCK_STREAM)
    try:
        raw.setblocking(False)
        raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        async with asyncio.timeout(tcp_seconds):
            # An address in figures: nothing is left to be resolved.
            await loop.sock_connect(raw, (str(endpoint.address), endpoint.port))
        _, connection = await loop.create_connection(
            lambda: ReceiverConnection(endpoint),
            sock=raw,
            ssl=tls,
            server_hostname=endpoint.host.removesuffix("."),
        )
    except BaseException:
        raw.close()
        raise
    return connection
