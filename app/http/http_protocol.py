"""uvicorn's HTTP/1.1, with the patience and the measure that it lacks.

It waits for ever for a request to begin or to go on, for a client to read, and takes heads of any
size. What is refused here has not become a request yet, so no door can answer it; it is answered
in the words of the REST API all the same.
"""

import asyncio
from typing import Any, Final

import orjson
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from app.http.joined_writes import JoinedWrites
from app.http.request_id import HEADER, new_request_id

HEAD_SECONDS: Final = 10.0
HEAD_BYTES: Final = 16 * 1024
HEAD_FIELDS: Final = 100
READ_SECONDS: Final = 30.0
MOST_CONNECTIONS: Final = 4_096

_NOT_HTTP: Final = "what was sent is not HTTP/1.1"
_TOO_MUCH: Final = f"a head may have {HEAD_FIELDS} fields and {HEAD_BYTES:,} bytes"
_ONE_HOST: Final = "the field Host must be sent once"
_TOO_MANY: Final = "there are too many connections; try again"
_TOO_LATE: Final = f"the head of a request must arrive within {HEAD_SECONDS:g} s"


class _RefusedError(Exception):
    """The parser passes it on as an error of its own."""


class HttpProtocol(HttpToolsProtocol):
    """One connection."""

    head_seconds = HEAD_SECONDS
    read_seconds = READ_SECONDS
    most_connections = MOST_CONNECTIONS

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._refusal = _NOT_HTTP
        self._head_bytes = 0
        self._is_in_head = True
        self._head_is_late: asyncio.TimerHandle | None = None
        self._is_not_read: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take it, unless there are too many."""
        super().connection_made(JoinedWrites(transport, self.loop))  # type: ignore[arg-type]
        if len(self.connections) > self.most_connections:
            self._answer(503, "unavailable", _TOO_MANY, [b"Retry-After: 5"])
            return
        self._wait_for_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Leave nothing behind."""
        self._forget_head()
        self._is_read()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Some of a request."""
        if self.transport.is_closing():
            return
        super().data_received(data)
        if not self.transport.is_closing() and self._waits_for_head:
            self._head_bytes += len(data)
            if self._head_bytes > HEAD_BYTES:
                self._answer(400, "invalid_request", _TOO_MUCH)
            elif self._head_is_late is None:
                self._wait_for_head()

    def on_message_begin(self) -> None:
        """A request begins, on a connection that may have seen others."""
        super().on_message_begin()
        self._is_in_head = True
        self._head_bytes = 0

    def on_headers_complete(self) -> None:
        """The head is there. Raises to the parser what must not go on."""
        self._forget_head()
        self._is_in_head = False
        self._check_head()
        super().on_headers_complete()

    def handle_websocket_upgrade(self) -> None:
        """What follows is not answers any more."""
        self.transport = self.transport.plain  # type: ignore[attr-defined]
        self.cycle = None  # type: ignore[assignment]
        super().handle_websocket_upgrade()

    def send_400_response(self, msg: str) -> None:
        """Say what was wrong, and hang up."""
        self._answer(400, "invalid_request", self._refusal)

    def pause_writing(self) -> None:
        """The client does not read as fast as it is written to."""
        super().pause_writing()
        if self._is_not_read is None:
            self._is_not_read = self.loop.call_later(self.read_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        """It has read."""
        super().resume_writing()
        self._is_read()

    @property
    def _waits_for_head(self) -> bool:
        # Empty lines between requests begin nothing.
        is_between = self.cycle is not None and self.cycle.response_complete  # type: ignore[redundant-expr]
        return self._is_in_head or is_between

    def _check_head(self) -> None:
        size = len(self.url)
        hosts = 0
        for name, value in self.headers:
            size += len(name) + len(value)
            hosts += name == b"host"
        if size > HEAD_BYTES or len(self.headers) > HEAD_FIELDS:
            self._refusal = _TOO_MUCH
            raise _RefusedError
        # RFC 9112, section 3.2: with two of them, we and a proxy could each believe another.
        if hosts > 1 or (hosts == 0 and self.parser.get_http_version() == "1.1"):
            self._refusal = _ONE_HOST
            raise _RefusedError

    def _wait_for_head(self) -> None:
        self._head_is_late = self.loop.call_later(self.head_seconds, self._give_up_on_head)

    def _forget_head(self) -> None:
        if self._head_is_late is not None:
            self._head_is_late.cancel()
            self._head_is_late = None

    def _give_up_on_head(self) -> None:
        if self._head_bytes:
            self._answer(408, "invalid_request", _TOO_LATE)
        else:
            self.transport.close()

    def _is_read(self) -> None:
        if self._is_not_read is not None:
            self._is_not_read.cancel()
            self._is_not_read = None

    def _answer(
        self, status: int, code: str, error: str, fields: list[bytes] | None = None
    ) -> None:
        if self.transport.is_closing():
            return
        request_id = new_request_id()
        body = orjson.dumps({"error": error, "code": code, "request_id": request_id})
        lines = [
            b"Content-Type: application/json; charset=utf-8",
            b"Cache-Control: no-store",
            b"Content-Length: %d" % len(body),
            f"{HEADER}: {request_id}".encode(),
            b"Connection: close",
            *(fields or []),
        ]
        self.transport.write(STATUS_LINE[status] + b"\r\n".join(lines) + b"\r\n\r\n" + body)
        self.transport.close()
