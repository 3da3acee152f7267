"""The options with which uvicorn serves the app."""

from typing import Any, Final

from app.http.server.http_protocol import HttpProtocol
from app.http.server.websocket_protocol import MAX_FRAME_BYTES, WebSocketProtocol

_PING_SECONDS: Final = 5.0
_PONG_SECONDS: Final = 10.0
# With the two seconds before it, within ten seconds.
_SHUTDOWN_SECONDS: Final = 7


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
