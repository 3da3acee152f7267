"""uvicorn's HTTP/1.1, with the patience and the measure that it lacks.

It waits for ever for a request to begin or to go on, for a client to read, and takes heads of any
size. What is refused here has not become a request yet, so no ASGI app can answer it; it is
answered in the words of the REST API all the same.
"""

import asyncio
from collections.abc import Callable
from typing import Any, Final

import httptools
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from app.domain.errors import BodyTooLate, Unavailable, ZenModeError
from app.http.server.early_response import NOT_HTTP, early_answer
from app.http.server.ordered_flow import OrderedFlow
from app.http.server.paced_transport import PacedTransport
from app.http.server.request_head import HEAD_BYTES, TOO_LARGE, head_problem
from app.http.server.upgrade import handshake, is_websocket, without_upgrade
from app.http.server.while_connected import ends_with_client

HEAD_SECONDS: Final = 10.0
READ_SECONDS: Final = 30.0
MOST_CONNECTIONS: Final = 4_096
# So many more connections get an answer that there are too many.
_MOST_REFUSED: Final = 256
_PIECE_BYTES: Final = 8 * 1024
_BODY_HEADERS: Final = frozenset({b"content-length", b"transfer-encoding"})

_TOO_MANY: Final = Unavailable("there are too many connections; try again")
_TOO_LATE: Final = BodyTooLate(f"the head of a request must arrive within {HEAD_SECONDS:g} s")


class _RefusedError(Exception):
    """The parser passes it on as an error of its own."""


class HttpProtocol(HttpToolsProtocol):
    """One connection."""

    head_seconds = HEAD_SECONDS
    read_seconds = READ_SECONDS
    most_connections = MOST_CONNECTIONS
    transport: PacedTransport  # type: ignore[assignment]

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._refusal: ZenModeError = NOT_HTTP
        self._head_bytes = 0
        self._is_in_head = True
        self._head_is_late: asyncio.TimerHandle | None = None
        self._is_not_read: asyncio.TimerHandle | None = None
        self._unanswered = 0
        # What is done once everything before it is answered; until then, nothing more is read.
        self._afterwards: Callable[[], None] | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take it, unless there are too many."""
        paced = PacedTransport(transport, self.loop)
        paced.deliver_to(self._take, _PIECE_BYTES)
        super().connection_made(paced)  # type: ignore[arg-type]
        self.flow = OrderedFlow(paced, self._is_full)  # type: ignore[arg-type]
        too_many = len(self.connections) - self.most_connections
        if too_many <= 0:
            self._wait_for_head()
        else:
            self._refuse(_TOO_MANY)
            if too_many > _MOST_REFUSED:
                paced.hang_up()

    def connection_lost(self, exc: Exception | None) -> None:
        """Leave nothing behind."""
        self._forget_head()
        self._is_read()
        self.transport.forget()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Some of a request, or of several."""
        self.transport.received(data)

    def eof_received(self) -> bool:  # type: ignore[override]
        """The client has said all. Whether to go on, since it waits for an answer."""
        is_stream = self._unanswered > 0 and self.cycle.chunked_encoding is True
        if not self._unanswered or is_stream or self.transport.is_closing():
            # The loop itself would close below what is held to leave in one piece.
            self.transport.hang_up()
            return False
        if ends_with_client(self.scope):
            return False
        self.transport.has_ended = True
        self.cycle.keep_alive = False
        return True

    def on_message_begin(self) -> None:
        """A request begins, on a connection that may have seen others."""
        super().on_message_begin()
        self._is_in_head = True
        self._head_bytes = 0

    def on_header(self, name: bytes, value: bytes) -> None:
        """White space around a value is no part of it (RFC 9110, section 5.5)."""
        super().on_header(name, value.strip(b" \t"))

    def on_headers_complete(self) -> None:
        """The head is there. Raises to the parser what must not go on."""
        self._forget_head()
        self._is_in_head = False
        problem = head_problem(
            self.parser.get_method(), self.url, self.parser.get_http_version(), self.headers
        )
        if problem is not None:
            self._refusal = problem
            raise _RefusedError
        # What comes of an upgrade is decided when the parser has stopped there.
        if not self.parser.should_upgrade():
            self._unanswered += 1
            super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The body is there."""
        if not self.parser.should_upgrade():
            super().on_message_complete()

    def on_response_complete(self) -> None:
        """A request is answered."""
        self._unanswered -= 1
        super().on_response_complete()
        self._go_on()

    def send_400_response(self, msg: str) -> None:
        """Say what was wrong, and hang up."""
        self._refuse(self._refusal)

    def shutdown(self) -> None:
        """The server goes. Who waits for an answer gets it."""
        if self._unanswered:
            super().shutdown()
        else:
            self.transport.hang_up()

    def timeout_keep_alive_handler(self) -> None:
        """No other request has come."""
        self.transport.hang_up()

    def pause_writing(self) -> None:
        """The client does not read as fast as it is written to."""
        super().pause_writing()
        if self._is_not_read is None:
            self._is_not_read = self.loop.call_later(self.read_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        """It has read."""
        super().resume_writing()
        self._is_read()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGIApp) -> None:  # type: ignore[override]
        if any(name in _BODY_HEADERS for name, _ in cycle.scope["headers"]):
            app = _closing_if_early(cycle, app)
        super()._start_asgi_task(cycle, app)  # type: ignore[arg-type]

    def _take(self, data: bytes) -> None:
        self._unset_keepalive_if_required()
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserError:
            self.send_400_response("")
        except httptools.HttpParserUpgrade as stop:
            self.transport.push_back(data[stop.args[0] :])
            self._upgrade_or_not()
        else:
            self._measure_head(len(data))

    def _measure_head(self, size: int) -> None:
        # Empty lines between requests begin nothing.
        is_between = self.cycle is not None and not self._unanswered  # type: ignore[redundant-expr]
        if self.transport.is_closing() or not (self._is_in_head or is_between):
            return
        self._head_bytes += size
        if self._head_bytes > HEAD_BYTES:
            self._refuse(TOO_LARGE)
        elif self._head_is_late is None:
            self._wait_for_head()

    def _upgrade_or_not(self) -> None:
        method, version = self.parser.get_method(), self.parser.get_http_version()
        path = httptools.parse_url(self.url).path or b""
        if is_websocket(method, path, version, self.headers):
            self._once_answered(self._open_websocket)
            return
        # The parser has skipped the body, and reads the same head again without that wish.
        head = without_upgrade(method, self.url, version, self.headers)
        self.parser = httptools.HttpRequestParser(self)
        self.parser.set_dangerous_leniencies(lenient_data_after_close=True)
        self._take(head)

    def _open_websocket(self) -> None:
        self.connections.discard(self)
        self._is_read()
        protocol = self.ws_protocol_class(  # type: ignore[misc]
            config=self.config,  # type: ignore[call-arg]
            server_state=self.server_state,
            app_state=self.app_state,
        )
        self.transport.set_protocol(protocol)
        protocol.connection_made(self.transport)  # type: ignore[arg-type]
        protocol.begin(handshake(self.url, self.headers))  # type: ignore[union-attr]

    def _is_full(self) -> bool:
        return bool(self.pipeline) or self._afterwards is not None

    def _once_answered(self, done: Callable[[], None]) -> None:
        """Calls `done` once every request is answered: responses keep the order of the requests."""
        self._afterwards = done
        self.flow.pause_reading()
        self._go_on()

    def _go_on(self) -> None:
        if self._afterwards is not None and not self._unanswered:
            self._unset_keepalive_if_required()
            done, self._afterwards = self._afterwards, None
            if not self.transport.is_closing():
                done()

    def _refuse(self, error: ZenModeError) -> None:
        if self._unanswered and self.cycle.more_body:
            self._give_up_on_body()
        self._once_answered(lambda: self._say_last(error))

    def _give_up_on_body(self) -> None:
        """The newest request is broken itself; what was asked before it is still answered."""
        self._unanswered -= 1
        if self.pipeline:
            self.pipeline.popleft()
        elif self.cycle.response_started:
            self.transport.close()
        else:
            self.cycle.disconnected = True
            self.cycle.message_event.set()

    def _say_last(self, error: ZenModeError) -> None:
        self.transport.write(early_answer(error))
        self.transport.close()

    def _wait_for_head(self) -> None:
        self._head_is_late = self.loop.call_later(self.head_seconds, self._give_up_on_head)

    def _forget_head(self) -> None:
        if self._head_is_late is not None:
            self._head_is_late.cancel()
            self._head_is_late = None

    def _give_up_on_head(self) -> None:
        if self._head_bytes:
            self._refuse(_TOO_LATE)
        else:
            self.transport.hang_up()

    def _is_read(self) -> None:
        if self._is_not_read is not None:
            self._is_not_read.cancel()
            self._is_not_read = None


def _closing_if_early(cycle: RequestResponseCycle, app: ASGIApp) -> ASGIApp:
    """Answers before the whole body was read are the last ones, and say so."""

    async def answering(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_noting(message: Message) -> None:
            if cycle.more_body and not cycle.response_started:
                cycle.keep_alive = False
            await send(message)

        await app(scope, receive, send_noting)

    return answering
