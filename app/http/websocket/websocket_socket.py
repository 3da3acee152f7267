"""One WebSocket as ASGI gives it, with deadlines, and with exceptions for its ends."""

import asyncio
from time import monotonic
from typing import Final

import orjson
from starlette.types import Receive, Send

from app.http.server.websocket_protocol import MAX_FRAME_BYTES

_WRITE_SECONDS: Final = 10.0
_CLOSE_SECONDS: Final = 1.0
_LONGEST_REASON_BYTES: Final = 123


class ClosingError(Exception):
    """The connection has to be closed, with this code and reason."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class GoneError(Exception):
    """The client is no longer there."""


class Socket:
    """Frames of text in and out. Raises GoneError once the client has left."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive = receive
        self._send = send
        self._is_closed = False
        # When each frame that is being written began to be, oldest first.
        self._begun_at: dict[object, float] = {}

    async def read(self) -> str:
        """The next frame. Raises ClosingError for one that is not text, or too large."""
        message = await self._receive()
        if message["type"] == "websocket.disconnect":
            raise GoneError
        text = message.get("text")
        if not isinstance(text, str):
            raise ClosingError(4400, "messages must be text")
        if len(text.encode()) > MAX_FRAME_BYTES:
            raise ClosingError(1009, f"a frame may have {MAX_FRAME_BYTES:,} bytes")
        return text

    async def write(self, message: dict[str, object]) -> None:
        """Send a message as JSON. It takes as long as the client takes: see `until_stuck`."""
        if self._is_closed:
            raise GoneError
        writing = object()
        self._begun_at[writing] = monotonic()
        try:
            await self._send({"type": "websocket.send", "text": orjson.dumps(message).decode()})
        except OSError:
            raise GoneError from None
        except RuntimeError:
            # It was closed while this frame waited for room.
            if not self._is_closed:
                raise
            raise GoneError from None
        finally:
            del self._begun_at[writing]

    async def until_stuck(self) -> None:
        """Raises ClosingError when a frame is not taken for long.

        One look now and then costs less than a deadline for every frame.
        """
        while True:
            await asyncio.sleep(_WRITE_SECONDS / 2)
            oldest = next(iter(self._begun_at.values()), None)
            if oldest is not None and monotonic() - oldest > _WRITE_SECONDS:
                raise ClosingError(1013, "the client does not read")

    async def close(self, closing: ClosingError) -> None:
        """Say why and hang up; a client that does not read is not waited for."""
        self._is_closed = True
        reason = closing.reason.encode()[:_LONGEST_REASON_BYTES].decode(errors="ignore")
        frame = {"type": "websocket.close", "code": closing.code, "reason": reason}
        try:
            async with asyncio.timeout(_CLOSE_SECONDS):
                await self._send(frame)
        except (OSError, TimeoutError):
            return
