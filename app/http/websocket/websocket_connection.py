"""One connection that speaks `graphql-transport-ws`, from its introduction to its end."""

import asyncio
import time
from collections.abc import Coroutine
from contextlib import aclosing
from typing import Any, Final

import structlog
from starlette.requests import HTTPConnection

from app.domain.access.caller import CallerKind
from app.domain.errors import BadInput, RateLimited, Unauthenticated, Unavailable, ZenModeError
from app.graphql_engine.document import Refusal
from app.graphql_engine.error_format import to_graphql_error
from app.http.auth.connection_slots import ConnectionSlot, of_workspace
from app.http.auth.credential_monitor import NO_SUBSCRIPTION, CredentialMonitor
from app.http.graphql.dependencies import GraphQLDependencies, address_of
from app.http.graphql.media_type import JSON
from app.http.graphql.response_builder import ResponseBuilder
from app.http.middleware.request_id import request_id_of
from app.http.websocket.websocket_credentials import WHAT_TO_SEND, credentials_of
from app.http.websocket.websocket_messages import (
    ClientMessage,
    Complete,
    ConnectionInit,
    Ping,
    Pong,
    Subscribe,
    read_message,
)
from app.http.websocket.websocket_operation import error_message, messages_for
from app.http.websocket.websocket_socket import ClosingError, GoneError, Socket

_INIT_SECONDS: Final = 5.0
_MOST_OPERATIONS: Final = 20

_log = structlog.get_logger(__name__)


class WebSocketConnection:
    """Serves one client. Whatever ends a part of the connection ends the whole."""

    def __init__(
        self,
        dependencies: GraphQLDependencies,
        handshake: HTTPConnection,
        socket: Socket,
        slot: ConnectionSlot,
    ) -> None:
        self._dependencies = dependencies
        self._slot = slot
        self._handshake = handshake
        self._socket = socket
        self._operations: dict[str, asyncio.Task[None]] = {}
        self._parts: set[asyncio.Task[None]] = set()
        self._end: asyncio.Future[ClosingError | None] = asyncio.Future()

    async def serve(self) -> None:
        """Returns once the connection is closed and none of its tasks runs any more."""
        self._begin(self._converse())
        self._begin(self._until_we_close())
        self._begin(self._socket.until_stuck())
        try:
            closing = await self._end
            if closing is not None:
                await self._socket.close(closing)
        finally:
            for part in self._parts:
                part.cancel()
            await asyncio.gather(*self._parts, return_exceptions=True)

    def _begin(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        part = asyncio.create_task(self._guarded(work))
        self._parts.add(part)
        part.add_done_callback(self._parts.discard)
        return part

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except ClosingError as closing:
            self._finish(closing)
        except GoneError:
            self._finish(None)
        except Exception:
            # Clients come back after 1013, and never after the 1011 of a broken server.
            _log.exception("websocket_broke")
            self._finish(ClosingError(1013, "something went wrong on our side"))

    def _finish(self, closing: ClosingError | None) -> None:
        if not self._end.done():
            self._end.set_result(closing)

    async def _until_we_close(self) -> None:
        await self._dependencies.closing.wait()
        raise ClosingError(1012, "the server is going away")

    async def _converse(self) -> None:
        try:
            async with asyncio.timeout(_INIT_SECONDS):
                payload = await self._introduction()
        except TimeoutError:
            raise ClosingError(4408, "no connection_init in time") from None
        monitor = await self._admitted(payload)
        await self._socket.write({"type": "connection_ack"})
        self._begin(_until_over(monitor))
        while True:
            await self._take(await self._message(), monitor)

    async def _message(self) -> ClientMessage:
        text = await self._socket.read()
        try:
            return read_message(text)
        except BadInput as error:
            raise ClosingError(4400, error.message) from None

    async def _introduction(self) -> dict[str, object]:
        while True:
            message = await self._message()
            match message:
                case ConnectionInit():
                    return message.payload
                case Ping():
                    await self._socket.write({"type": "pong"})
                case Subscribe():
                    raise ClosingError(4401, "the connection is not acknowledged")
                case Pong() | Complete():
                    pass

    async def _admitted(self, payload: dict[str, object]) -> CredentialMonitor:
        shown = self._dependencies.cookies.credentials(self._handshake.headers)
        credentials = credentials_of(payload, shown)
        preparer = self._dependencies.preparer
        try:
            caller = await preparer.authenticate(credentials, address_of(self._handshake))
        except Unauthenticated as error:
            raise ClosingError(4403, f"{error.message}; {WHAT_TO_SEND}") from None
        except ZenModeError as error:
            raise ClosingError(1013, error.message) from None
        if caller is None:
            raise ClosingError(4403, f"credentials are missing; {WHAT_TO_SEND}")
        if caller.kind is not CallerKind.SESSION and not caller.subscription_is_active:
            raise ClosingError(4403, NO_SUBSCRIPTION)
        if not self._slot.move_to(of_workspace(caller.workspace_id)):
            raise ClosingError(1013, "too many connections of this workspace")
        return CredentialMonitor(preparer.access_control, credentials, caller)

    async def _take(self, message: ClientMessage, monitor: CredentialMonitor) -> None:
        match message:
            case ConnectionInit():
                raise ClosingError(4429, "connection_init was sent before")
            case Ping():
                await self._socket.write({"type": "pong"})
            case Subscribe():
                await self._subscribe(message, monitor)
            case Complete():
                if operation := self._operations.pop(message.id, None):
                    operation.cancel()
            case Pong():
                pass

    async def _subscribe(self, wanted: Subscribe, monitor: CredentialMonitor) -> None:
        if wanted.id in self._operations:
            raise ClosingError(4409, "an operation of this id is going on")
        if len(self._operations) >= _MOST_OPERATIONS:
            await self._socket.write(self._one_too_many(wanted))
            return
        self._operations[wanted.id] = self._begin(self._carry_out(wanted, monitor))

    async def _carry_out(self, wanted: Subscribe, monitor: CredentialMonitor) -> None:
        began = time.perf_counter()
        coming = messages_for(wanted, self._dependencies, self._handshake, monitor.caller)
        try:
            async with aclosing(coming) as messages:
                async for message in messages:
                    if message["type"] != "next":
                        # The client may use the id again as soon as it learns of the end.
                        del self._operations[wanted.id]
                    await self._socket.write(message)
        finally:
            _log.info("operation", duration_ms=round((time.perf_counter() - began) * 1000, 1))

    def _one_too_many(self, wanted: Subscribe) -> dict[str, object]:
        request_id = request_id_of(self._handshake.scope)
        error = RateLimited(f"a connection may have {_MOST_OPERATIONS} operations going on")
        responses = ResponseBuilder(self._dependencies.preparer.errors, request_id, JSON)
        return error_message(wanted.id, Refusal([to_graphql_error(error)]), responses)


async def _until_over(monitor: CredentialMonitor) -> None:
    reason = await monitor.until_over()
    raise ClosingError(1013 if isinstance(reason, Unavailable) else 4403, reason.message)
