"""Answers that leave in one piece.

uvicorn writes the head of an answer and its body one after the other, and each write is a call of
the kernel, a packet, and for the client one more time to wake up.
"""

import asyncio
from typing import Any, Final

_MOST_HELD_BYTES: Final = 64 * 1024


class JoinedWrites:
    """A transport that sends what is written in one turn of the loop together.

    In all else it is the transport that it was given, `plain`.
    """

    def __init__(self, plain: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self.plain = plain
        self._loop = loop
        self._held: list[bytes] = []
        self._held_bytes = 0

    def write(self, data: bytes) -> None:
        """Send with what else is written before the loop goes on."""
        if not self._held:
            self._loop.call_soon(self._send)
        self._held.append(data)
        self._held_bytes += len(data)
        if self._held_bytes > _MOST_HELD_BYTES:
            self._send()

    def close(self) -> None:
        """Send what is held, and close."""
        self._send()
        self.plain.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.plain, name)

    def _send(self) -> None:
        if self._held and not self.plain.is_closing():
            self.plain.write(b"".join(self._held))
        self._held.clear()
        self._held_bytes = 0
