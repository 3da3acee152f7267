"""What the web server below the doors must be told, and how its WebSockets end."""

from typing import Any, Final

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from app.http.http_protocol import HttpProtocol
from app.http.websocket_socket import MAX_FRAME_BYTES

_PING_SECONDS: Final = 5.0
_PONG_SECONDS: Final = 10.0
_CUT_SECONDS: Final = 1.0
# With the farewell before it, within ten seconds.
_SHUTDOWN_SECONDS: Final = 7


class WebSocketProtocol(WebSocketsSansIOProtocol):
    """uvicorn's own, except for clients that do not read.

    It would close with 1011, after which clients do not come back, and then wait for as long as it
    takes them to read what was already written.
    """

    def keepalive_timeout(self) -> None:
        """A ping was not answered in time: say so, and cut."""
        self.pong_timer = None
        self.pending_ping_payload = None
        if self.close_sent or self.transport.is_closing():
            return
        self.conn.fail(1013, "the client does not read")
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.transport.close()
        self._cut_soon()

    async def run_asgi(self) -> None:
        """Serve the connection, and leave nothing of it behind."""
        await super().run_asgi()
        if self.transport.get_write_buffer_size() > 0:
            self._cut_soon()

    def _cut_soon(self) -> None:
        self.loop.call_later(_CUT_SECONDS, self.transport.abort)


SERVER_OPTIONS: Final[dict[str, Any]] = {
    "http": HttpProtocol,
    "ws": WebSocketProtocol,
    "ws_max_size": MAX_FRAME_BYTES,
    "ws_ping_interval": _PING_SECONDS,
    "ws_ping_timeout": _PONG_SECONDS,
    # A thousand subscribers would each have the same event compressed anew.
    "ws_per_message_deflate": False,
    # Addresses of proxies are settings of ours.
    "proxy_headers": False,
    "server_header": False,
    # Each request has a line of ours, with its id.
    "access_log": False,
    "timeout_graceful_shutdown": _SHUTDOWN_SECONDS,
}
