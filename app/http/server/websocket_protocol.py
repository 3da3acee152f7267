"""uvicorn's WebSockets, with a measure for what clients send, and for those who do not read."""

from typing import Any, Final

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from app.domain.errors import BadInput
from app.http.server.early_response import early_answer
from app.http.server.paced_transport import PacedTransport

MAX_FRAME_BYTES: Final = 64 * 1024
# 85 of the smallest frames.
_PIECE_BYTES: Final = 512
MOST_CONTROL_FRAMES: Final = 100
MOST_FRAMES: Final = 1_000
MOST_FRAGMENTS: Final = 1_000
_CUT_SECONDS: Final = 1.0
_CLOSE_SECONDS: Final = 5.0

_NO_HANDSHAKE: Final = BadInput("this is no handshake of a WebSocket")


class WebSocketProtocol(WebSocketsSansIOProtocol):
    """One connection; frames are counted for each second.

    Too many pings and pongs end it, with the rest it is let wait. A client that does not read
    would be closed with 1011, after which clients do not come back, and then waited for as long as
    it takes to read what was already written.
    """

    transport: PacedTransport  # type: ignore[assignment]

    def connection_made(self, transport: PacedTransport) -> None:  # type: ignore[override]
        """The handshake is about to be read."""
        super().connection_made(transport)  # type: ignore[arg-type]
        self.close_timeout = _CLOSE_SECONDS
        self._second = 0.0
        self._frames_count = 0
        self._control_frames_count = 0
        self._held_pong = b""
        transport.deliver_to(self._take, _PIECE_BYTES)

    def connection_lost(self, exc: Exception | None) -> None:
        """Leave nothing behind."""
        self.transport.forget()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Some frames."""
        self.transport.received(data)

    def eof_received(self) -> None:
        """The client has said all; what is held still leaves."""
        self.transport.hang_up()

    def begin(self, handshake: bytes) -> None:
        """Read the whole handshake, and no frame before it is answered."""
        self.transport.pause_reading()
        super().data_received(handshake)
        if not self.handshake_initiated:
            self.transport.write(early_answer(_NO_HANDSHAKE))
            self.transport.close()

    def start_keepalive(self) -> None:
        """The handshake is answered."""
        super().start_keepalive()
        self.transport.resume_reading()

    def handle_ping(self) -> None:
        """Answer; a client that does not read gets the newest answer only (RFC 6455, 5.5.3)."""
        if not self._takes_control_frame():
            return
        if self.writable.is_set():
            super().handle_ping()
        else:
            self._held_pong = b"".join(self.conn.data_to_send())

    def resume_writing(self) -> None:
        """The client has read."""
        super().resume_writing()
        if self._held_pong and not self.close_sent:
            self.transport.write(self._held_pong)
        self._held_pong = b""

    def handle_pong(self, event: Any) -> None:
        """An answer to a ping of ours, or not."""
        if self._takes_control_frame():
            super().handle_pong(event)

    def handle_text(self, event: Any) -> None:
        """A message, or its beginning."""
        self._count_frame()
        super().handle_text(event)

    def handle_bytes(self, event: Any) -> None:
        """A message that is not text, or its beginning."""
        self._count_frame()
        super().handle_bytes(event)

    def handle_cont(self, event: Any) -> None:
        """More of a message."""
        self._count_frame()
        super().handle_cont(event)
        if len(self.frames) > MOST_FRAGMENTS:
            self._fail(1009, "a message may come in 1,000 frames")

    def keepalive_timeout(self) -> None:
        """A ping was not answered in time: say so, and cut."""
        self.pong_timer = None
        self.pending_ping_payload = None
        if self.close_sent or self.transport.is_closing():
            return
        self._fail(1013, "the client does not read")
        self._cut_soon()

    async def run_asgi(self) -> None:
        """Serve the connection, and leave nothing of it behind."""
        await super().run_asgi()
        if self.transport.get_write_buffer_size() > 0:
            self._cut_soon()

    def shutdown(self) -> None:
        """The server goes."""
        super().shutdown()
        self.transport.hang_up()

    def _take(self, data: bytes) -> None:
        super().data_received(data)
        if self.close_sent:
            # Reads on for its close frame, up to a limit.
            self.transport.drop(len(data))

    def _takes_control_frame(self) -> bool:
        self._count_frame()
        self._control_frames_count += 1
        if self._control_frames_count > MOST_CONTROL_FRAMES and not self.close_sent:
            self._fail(1013, "too many pings or pongs")
        return not self.close_sent

    def _count_frame(self) -> None:
        now = self.loop.time()
        if now - self._second >= 1:
            self._second, self._frames_count, self._control_frames_count = now, 0, 0
        self._frames_count += 1
        if self._frames_count == MOST_FRAMES:
            self.transport.rest(self._second + 1 - now)

    def _fail(self, code: int, reason: str) -> None:
        self.stop_keepalive()
        self.conn.fail(code, reason)
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.transport.close()

    def _cut_soon(self) -> None:
        self.loop.call_later(_CUT_SECONDS, self.transport.abort)
