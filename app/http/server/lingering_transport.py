"""Closing a connection so that its last answer can be read (RFC 9112, section 9.6).

A server that closes while the client still sends makes the kernel reset the connection, and the
client throws away the answer that it has not read yet.
"""

import asyncio
from typing import Final

from app.http.server.joined_writes import JoinedWrites

LINGER_SECONDS: Final = 5.0
LINGER_BYTES: Final = 1024 * 1024
# For a client that does not even take the answer.
_FLUSH_SECONDS: Final = 30.0


class LingeringTransport(JoinedWrites):
    """A transport that, after the last answer, stops writing, reads and drops for a while.

    Its protocol calls `drop` with what still comes, and `forget` once the connection is lost.
    """

    def __init__(self, plain: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(plain, loop)
        self._is_lingering = False
        self._dropped_bytes = 0
        self._timer: asyncio.TimerHandle | None = None
        # Set by a protocol that goes on answering after the client's last byte.
        self.has_ended = False

    def write(self, data: bytes) -> None:
        """Send, unless the last answer was given."""
        if not self._is_lingering:
            super().write(data)

    def is_closing(self) -> bool:
        """Whether nothing more can be written."""
        return self._is_lingering or self.plain.is_closing()

    def close(self) -> None:
        """After an answer: let the client read it before the connection goes."""
        if self.is_closing() or self.has_ended:
            self.hang_up()
            return
        self._send()
        self._is_lingering = True
        try:
            self.plain.write_eof()
        except (OSError, NotImplementedError, RuntimeError):
            self.hang_up()
            return
        self.plain.resume_reading()
        self._timer = self._loop.call_later(LINGER_SECONDS, self.hang_up)

    def hang_up(self) -> None:
        """Closes at once; what was written is still sent to a client that reads."""
        self.forget()
        self._send()
        is_flushed = self.plain.is_closing() or self.plain.get_write_buffer_size() == 0
        self.plain.close()
        if not is_flushed:
            self._timer = self._loop.call_later(_FLUSH_SECONDS, self.plain.abort)

    def drop(self, size: int) -> None:
        """Counts bytes that were received and are not read; past a limit, closes."""
        self._dropped_bytes += size
        if self._dropped_bytes > LINGER_BYTES:
            self.hang_up()

    def forget(self) -> None:
        """Wait for nothing any more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
