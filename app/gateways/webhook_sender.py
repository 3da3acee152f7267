"""Sending to receivers of webhooks: strangers, who may be slow, wrong or hostile."""

import asyncio
import ssl
from collections.abc import Mapping, Sequence
from contextlib import suppress
from email.utils import parsedate_to_datetime
from pathlib import Path
from time import perf_counter, time

import certifi
import httpcore

from app.domain.attempt_result import AttemptResult
from app.domain.webhook_address import Address, Network, host_of, port_of, target_of
from app.gateways.pinned_network import PinnedNetwork, TooMuchAnsweredError, pinned_origin
from app.gateways.resolver import (
    RefusedAddressError,
    Resolver,
    UnresolvedError,
    checked_addresses,
)
from app.gateways.send_errors import in_words

# More than a worker ever has in flight: nobody waits for another's connection.
_MOST_CONNECTIONS = 400
_KEPT_SECONDS = 30.0
_EXCERPT_CHARACTERS = 1_024
# A host's next address is tried when one does not take a connection for so long.
_NEXT_ADDRESS_AFTER_SECONDS = 2.0
_TROUBLE = (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, OSError)


class WebhookSender:
    """Sends one request at a time to one receiver, many to many, and follows nobody anywhere."""

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
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=_trusting(ca_bundle),
            max_connections=_MOST_CONNECTIONS,
            max_keepalive_connections=_MOST_CONNECTIONS,
            keepalive_expiry=_KEPT_SECONDS,
            network_backend=PinnedNetwork(),
        )

    async def aclose(self) -> None:
        """Close every connection."""
        await self._pool.aclose()

    async def send(self, url: str, body: bytes, headers: Mapping[str, str]) -> AttemptResult:
        """One attempt, from resolving the name to the last byte read within the deadline.

        What the other side does wrong is in the result, never raised. A 2xx counts as soon as its
        headers are there; what follows is read for the excerpt.
        """
        attempt = _Attempt(self._pool, body, headers)
        began = perf_counter()
        error: str | None = None
        try:
            async with asyncio.timeout(self._timeout_seconds):
                await self._carry_out(attempt, url)
        except TimeoutError:
            error = f"timed out after {self._timeout_seconds:g} s"
        except RefusedAddressError:
            error = "the address cannot be reached"
        except UnresolvedError:
            error = "the host name does not resolve"
        except TooMuchAnsweredError:
            error = "the receiver's answer is far too long"
        except _TROUBLE as problem:
            error = in_words(problem)
        return attempt.result(error, round((perf_counter() - began) * 1_000))

    async def _carry_out(self, attempt: "_Attempt", url: str) -> None:
        host, port = host_of(url), port_of(url)
        if host is None:
            raise UnresolvedError(url)
        *others, last = await checked_addresses(self._resolver, host, port, self._allowed_networks)
        for address in others:
            request = attempt.request(address, host, port, target_of(url))
            request.extensions["timeout"] = {"connect": _NEXT_ADDRESS_AFTER_SECONDS}
            with suppress(httpcore.ConnectError, httpcore.ConnectTimeout):
                return await attempt.exchange(request)
        return await attempt.exchange(attempt.request(last, host, port, target_of(url)))


class _Attempt:
    """What is known of an attempt so far: enough for a result whenever it ends."""

    def __init__(
        self, pool: httpcore.AsyncConnectionPool, body: bytes, headers: Mapping[str, str]
    ) -> None:
        self._pool = pool
        self._body = body
        self._headers = headers
        self._received = b""
        self._has_connected = False
        self._retry_after_seconds: float | None = None
        self.status_code: int | None = None

    def request(self, address: Address, host: str, port: int, target: str) -> httpcore.Request:
        """The request, whose origin is the address that was checked."""
        written = f"[{host}]" if ":" in host else host
        headers = {
            "Host": written if port == 443 else f"{written}:{port}",
            "Accept": "*/*",
            "Accept-Encoding": "identity",
            "Content-Length": str(len(self._body)),
            **self._headers,
        }
        return httpcore.Request(
            "POST",
            httpcore.URL(
                scheme=b"https",
                host=pinned_origin(str(address), host),
                port=port,
                target=target.encode(),
            ),
            headers=list(headers.items()),
            content=self._body,
            extensions={"sni_hostname": host.removesuffix("."), "trace": self._note},
        )

    async def exchange(self, request: httpcore.Request) -> None:
        """Send, and read as much of the answer as anybody wants to see."""
        self._has_connected = False
        try:
            await self._exchange_once(request)
        except (httpcore.RemoteProtocolError, httpcore.NetworkError):
            # A kept connection may end in the very moment in which it is used again.
            if self._has_connected or self.status_code is not None:
                raise
            await self._exchange_once(request)

    async def _note(self, event: str, _details: Mapping[str, object]) -> None:
        if event == "connection.connect_tcp.started":
            self._has_connected = True

    async def _exchange_once(self, request: httpcore.Request) -> None:
        response = await self._pool.handle_async_request(request)
        try:
            self.status_code = response.status
            self._retry_after_seconds = _retry_after(response)
            async for part in response.aiter_stream():
                self._received += part
        finally:
            await response.aclose()

    def result(self, error: str | None, duration_ms: int) -> AttemptResult:
        """What came of it. Once there is a status, it is the answer that counts."""
        if self.status_code is not None:
            is_redirect = 300 <= self.status_code < 400
            error = "redirects are not followed" if is_redirect else None
        excerpt = self._received.decode("utf-8", "replace").replace("\x00", "\ufffd")
        return AttemptResult(
            status_code=self.status_code,
            error=error,
            response_excerpt=excerpt[:_EXCERPT_CHARACTERS] if self.status_code else None,
            retry_after_seconds=self._retry_after_seconds,
            duration_ms=duration_ms,
        )


def _trusting(ca_bundle: Path | None) -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    if ca_bundle is not None:
        context.load_verify_locations(ca_bundle)
    context.set_alpn_protocols(["http/1.1"])
    return context


def _retry_after(response: httpcore.Response) -> float | None:
    """The wait that the receiver wishes for, in seconds: a number or a date (RFC 9110, 10.2.3)."""
    sent = next((value for name, value in response.headers if name.lower() == b"retry-after"), None)
    if sent is None:
        return None
    text = sent.decode("latin-1").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time())
    except (ValueError, OverflowError):
        return None
