"""Bodies are read whole before the app runs, and no more than may be sent."""

import asyncio
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

REST_BODY_BYTES: Final = 128 * 1024
GRAPHQL_BODY_BYTES: Final = 256 * 1024
# The server below has no deadline of its own: without one, a body that drips holds a request open.
DEADLINE_SECONDS: Final = 30.0
_BODY_FIELDS: Final = frozenset({b"content-length", b"transfer-encoding"})


class _TooLargeError(Exception):
    """More was sent than may be."""


class _GoneError(Exception):
    """The caller has hung up."""


class BodyLimit:
    """Hands the app a whole body of at most `max_bytes`.

    Anything larger goes to `too_large`, what does not arrive in time to `too_late`; neither is
    read on, and its connection is closed.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        max_bytes: int,
        too_large: ASGIApp,
        too_late: ASGIApp,
        deadline_seconds: float = DEADLINE_SECONDS,
    ) -> None:
        self.app = app
        self._max_bytes = max_bytes
        self._too_large = too_large
        self._too_late = too_late
        self._deadline_seconds = deadline_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or not _announces_body(scope):
            await self.app(scope, receive, send)
            return
        try:
            async with asyncio.timeout(self._deadline_seconds):
                body = await self._read(scope, receive)
        except _TooLargeError:
            await self._too_large(scope, receive, _closing(send))
        except TimeoutError:
            await self._too_late(scope, receive, _closing(send))
        except _GoneError:
            return
        else:
            await self.app(scope, _replaying(body, receive), send)

    async def _read(self, scope: Scope, receive: Receive) -> bytes:
        announced = Headers(scope=scope).get("content-length", "0")
        if announced.isascii() and announced.isdigit() and int(announced[:20]) > self._max_bytes:
            raise _TooLargeError
        parts: list[bytes] = []
        size, is_more = 0, True
        while is_more:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise _GoneError
            parts.append(message.get("body", b""))
            size += len(parts[-1])
            if size > self._max_bytes:
                raise _TooLargeError
            is_more = message.get("more_body", False)
        return b"".join(parts)


def _announces_body(scope: Scope) -> bool:
    """RFC 9112, section 6.3: without either of these fields a request has no body."""
    return any(name in _BODY_FIELDS for name, _ in scope["headers"])


def _replaying(body: bytes, receive: Receive) -> Receive:
    is_told = False

    async def receive_again() -> Message:
        nonlocal is_told
        if is_told:
            return await receive()
        is_told = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive_again


def _closing(send: Send) -> Send:
    async def send_closing(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], (b"connection", b"close")]
        await send(message)

    return send_closing
