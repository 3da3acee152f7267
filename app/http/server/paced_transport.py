"""Reading that leaves the event loop to others: in pieces, for so long in one turn."""

import asyncio
from collections.abc import Callable
from time import monotonic
from typing import Final

from app.http.server.lingering_transport import LingeringTransport

_TURN_SECONDS: Final = 0.002


class PacedTransport(LingeringTransport):
    """A transport that hands what it reads to its protocol in pieces.

    The loop reads up to 256 KiB at once, which may be 40,000 frames or 8,000 requests. The protocol
    passes everything to `received`, and gets it back through `take`, a piece at a time: none while
    it has paused reading, and none while a turn of the loop has lasted long enough.
    """

    def __init__(self, plain: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(plain, loop)
        self._take: Callable[[bytes], None]
        self._piece_bytes: int
        self._unread = bytearray()
        self._is_wanted = True
        self._is_resting = False
        self._is_due = False

    def deliver_to(self, take: Callable[[bytes], None], piece_bytes: int) -> None:
        """Sets the function that takes what is read, and how much it takes at a time."""
        self._take, self._piece_bytes = take, piece_bytes

    def received(self, data: bytes) -> None:
        """What the loop has read."""
        if self.is_closing():
            self.drop(len(data))
        elif self._unread or not self._may_deliver or len(data) > self._piece_bytes:
            self._unread += data
            self.plain.pause_reading()
            self._deliver_soon()
        else:
            self._take(data)
            if self._unread:
                self.plain.pause_reading()
                self._deliver_soon()

    def push_back(self, data: bytes) -> None:
        """Puts back bytes that the next reader takes."""
        self._unread[:0] = data

    def pause_reading(self) -> None:
        """Deliver nothing until `resume_reading`."""
        self._is_wanted = False
        if not self.is_closing():
            self.plain.pause_reading()

    def resume_reading(self) -> None:
        """Deliver again."""
        self._is_wanted = True
        self._go_on()

    def rest(self, seconds: float) -> None:
        """Delivers nothing for so many seconds, even if reading is resumed."""
        self._is_resting = True
        self._loop.call_later(seconds, self._end_rest)

    def _end_rest(self) -> None:
        self._is_resting = False
        self._go_on()

    @property
    def _may_deliver(self) -> bool:
        return self._is_wanted and not self._is_resting

    def _go_on(self) -> None:
        if self.is_closing() or not self._may_deliver:
            return
        if self._unread:
            self._deliver_soon()
        else:
            self.plain.resume_reading()

    def _deliver_soon(self) -> None:
        if not self._is_due:
            self._is_due = True
            self._loop.call_soon(self._deliver)

    def _deliver(self) -> None:
        self._is_due = False
        ends_at = monotonic() + _TURN_SECONDS
        try:
            while self._unread and self._may_deliver and not self.is_closing():
                piece = bytes(self._unread[: self._piece_bytes])
                del self._unread[: self._piece_bytes]
                self._take(piece)
                if monotonic() > ends_at:
                    break
        except BaseException:
            # As the loop does it with a protocol that fails.
            self.plain.abort()
            raise
        if self.is_closing():
            self._unread.clear()
        self._go_on()
