"""Sends to receivers of webhooks, which may be slow, wrong or hostile."""

import asyncio
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from time import perf_counter

import certifi

from app.domain.webhooks.attempt_result import AttemptResult
from app.domain.webhooks.webhook_address import HTTPS_PORT, Network, host_of, port_of, target_of
from app.gateways.receivers.kept_connections import KeptConnections
from app.gateways.receivers.receiver_connection import (
    Endpoint,
    NoAnswerError,
    ReceiverConnection,
    connect,
)
from app.gateways.receivers.receiver_response import (
    NotHttpError,
    ReceiverAnswer,
    TooMuchAnsweredError,
)
from app.gateways.receivers.resolver import (
    RefusedAddressError,
    Resolver,
    UnresolvedError,
    checked_addresses,
)
from app.gateways.receivers.send_errors import describe, redirect_in_words

_EXCERPT_CHARACTERS = 1_024
# The most that one character takes in UTF-8.
_EXCERPT_BYTES = 4 * _EXCERPT_CHARACTERS
# A host's next address is tried when one does not take a connection for so long.
_NEXT_ADDRESS_AFTER_SECONDS = 2.0
_TROUBLE = (
    NoAnswerError,
    NotHttpError,
    TooMuchAnsweredError,
    RefusedAddressError,
    UnresolvedError,
    OSError,
)


class WebhookSender:
    """Sends one request at a time to one receiver, many to many, and follows no redirect."""

    def __init__(
        self,
        resolver: Resolver,
        *,
        allowed_networks: Sequence[Network],
        ca_bundle: Path | None,
        timeout_seconds: float,
    ) -> None:
        self._resolver = resolver
        self._allowed_networks = allowed_networks
        self._timeout_seconds = timeout_seconds
        self._tls = _trusting(ca_bundle)
        self._kept = KeptConnections()

    async def aclose(self) -> None:
        """End every connection that is kept."""
        self._kept.close()
        # An aborted connection is closed by the loop's next turn, not before.
        await asyncio.sleep(0)

    async def send(self, url: str, body: bytes, headers: Mapping[str, str]) -> AttemptResult:
        """One attempt, from resolving the name to the last byte read within the deadline.

        What the other side does wrong is in the result, never raised. A 2xx counts as soon as its
        headers are there; what follows is read for the excerpt.
        """
        answer = ReceiverAnswer()
        began = perf_counter()
        error = None
        deadline = asyncio.timeout(self._timeout_seconds)
        try:
            async with deadline:
                await self._exchange(url, body, headers, answer)
        except _TROUBLE as problem:
            error = describe(problem)
            if deadline.expired():
                error = f"timed out after {self._timeout_seconds:g} s"
        return _result(url, answer, error, round((perf_counter() - began) * 1_000))

    async def _exchange(
        self, url: str, body: bytes, headers: Mapping[str, str], answer: ReceiverAnswer
    ) -> None:
        route = _route(url)
        addresses = await checked_addresses(
            self._resolver, route.host, route.port, self._allowed_networks
        )
        endpoints = [Endpoint(route.host, route.port, address) for address in addresses]
        request = route.request(body, headers)
        connection = self._kept.take(endpoints)
        if connection is not None:
            try:
                return await self._ask(connection, request, answer)
            except (NoAnswerError, OSError):
                # A kept connection may end in the very moment in which it is used again. Whether
                # the receiver has read the request is unknown, as after any attempt that is tried
                # again: it goes out under the same id.
                if answer.bytes_read:
                    raise
        return await self._ask(await self._connect(endpoints), request, answer)

    async def _ask(
        self, connection: ReceiverConnection, request: bytes, answer: ReceiverAnswer
    ) -> None:
        await connection.exchange(request, answer, _EXCERPT_BYTES)
        self._kept.keep(connection)

    async def _connect(self, endpoints: Sequence[Endpoint]) -> ReceiverConnection:
        *others, last = endpoints
        for endpoint in others:
            try:
                return await connect(endpoint, self._tls, _NEXT_ADDRESS_AFTER_SECONDS)
            except ssl.SSLError:
                raise
            except OSError:
                continue
        return await connect(last, self._tls, None)


@dataclass(frozen=True, slots=True)
class _Route:
    """What a URL says, taken apart once."""

    host: str
    port: int
    head: bytes

    def request(self, body: bytes, headers: Mapping[str, str]) -> bytes:
        """The bytes that go out (RFC 9112, 3)."""
        fields = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        return b"%sContent-Length: %d\r\n%s\r\n%s" % (self.head, len(body), fields.encode(), body)


@lru_cache(maxsize=1_000)
def _route(url: str) -> _Route:
    host, port = host_of(url), port_of(url)
    if host is None:
        raise UnresolvedError(url)
    written = f"[{host}]" if ":" in host else host
    head = (
        f"POST {target_of(url)} HTTP/1.1\r\n"
        f"Host: {written if port == HTTPS_PORT else f'{written}:{port}'}\r\n"
        "Accept: */*\r\n"
        "Accept-Encoding: identity\r\n"
    )
    return _Route(host, port, head.encode("ascii"))


def _result(url: str, answer: ReceiverAnswer, error: str | None, duration_ms: int) -> AttemptResult:
    """Returns the result. Once there is a status, the response decides."""
    status_code, excerpt = answer.status_code, None
    if status_code is not None:
        error = redirect_in_words(url, answer.location) if 300 <= status_code < 400 else None
        text = answer.body[:_EXCERPT_BYTES].decode("utf-8", "replace").replace("\x00", "\ufffd")
        excerpt = text[:_EXCERPT_CHARACTERS]
    return AttemptResult(
        status_code=status_code,
        error=error,
        response_excerpt=excerpt,
        retry_after_seconds=answer.retry_after_seconds,
        duration_ms=duration_ms,
    )


def _trusting(ca_bundle: Path | None) -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    if ca_bundle is not None:
        context.load_verify_locations(ca_bundle)
    context.set_alpn_protocols(["http/1.1"])
    return context
