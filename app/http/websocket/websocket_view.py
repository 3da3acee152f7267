"""GraphQL over WebSocket: who may open one, and how many there may be."""

from typing import Final

from starlette.requests import HTTPConnection
from starlette.types import Receive, Scope, Send

from app.http.auth.connection_slots import MOST_STAYING_OPEN, ConnectionSlots, of_address
from app.http.graphql.dependencies import GraphQLDependencies
from app.http.websocket.websocket_connection import WebSocketConnection
from app.http.websocket.websocket_socket import ClosingError, Socket

PROTOCOL: Final = "graphql-transport-ws"


class GraphQLWebSocket:
    """An ASGI app for one path; counts the connections of this process."""

    def __init__(
        self, dependencies: GraphQLDependencies, most_connections: int = MOST_STAYING_OPEN
    ) -> None:
        self._dependencies = dependencies
        self._slots = ConnectionSlots(most_connections)

    @property
    def open_connections(self) -> int:
        """How many are open."""
        return self._slots.taken

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection from its handshake to its end."""
        handshake = HTTPConnection(scope)
        await receive()
        if self._is_foreign(handshake):
            # Before it is accepted, a close is answered as 403.
            await send({"type": "websocket.close", "code": 4403})
            return
        speaks = PROTOCOL in scope["subprotocols"]
        await send({"type": "websocket.accept", "subprotocol": PROTOCOL if speaks else None})
        socket = Socket(receive, send)
        if refused := self._refused(speaks=speaks):
            await socket.close(refused)
            return
        address = handshake.client.host if handshake.client else ""
        slot = self._slots.acquire(of_address(address))
        if slot is None:
            await socket.close(ClosingError(1013, "too many connections"))
            return
        try:
            await WebSocketConnection(self._dependencies, handshake, socket, slot).serve()
        finally:
            slot.release()

    def _is_foreign(self, handshake: HTTPConnection) -> bool:
        """A page of another origin that brings our cookie along; without one it may come."""
        credentials = self._dependencies.cookies.credentials(handshake.headers)
        has_cookie = credentials.session_token is not None
        return has_cookie and self._dependencies.own_origin.is_foreign(handshake.scope)

    def _refused(self, *, speaks: bool) -> ClosingError | None:
        if not speaks:
            return ClosingError(4406, f"only {PROTOCOL} is spoken here")
        if self._dependencies.closing.is_set():
            return ClosingError(1012, "the server is going away")
        return None
