"""GraphQL as the product serves it, over HTTP and WebSocket, ready to be mounted on one path."""

import asyncio

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from app.actions.outside import Outside
from app.domain.errors import ZenModeError
from app.http.body_limit import DEADLINE_SECONDS, GRAPHQL_BODY_BYTES, BodyLimit
from app.http.credentials import SessionCookies
from app.http.gate import Gate
from app.http.graphql_answer import Answers
from app.http.graphql_door import GraphQLDoor
from app.http.graphql_view import GraphQLView
from app.http.media_type import answer_type
from app.http.origin import OwnOrigin
from app.http.reception import Reception
from app.http.refusals import BodyTooLarge, BodyTooLate
from app.http.request_id import request_id_of
from app.http.surroundings import is_public_over_https
from app.http.websocket_view import GraphQLWebSocket
from app.schema import schema


class GraphQLApp:
    """Both ways to speak GraphQL. `open_connections` counts the WebSockets of this process."""

    def __init__(
        self, outside: Outside, gate: Gate, *, closing: asyncio.Event, explorer: ASGIApp
    ) -> None:
        public_url = outside.settings.public_url
        self._door = GraphQLDoor(
            outside=outside,
            reception=Reception(schema, gate, outside.counts, public_url),
            cookies=SessionCookies(is_public_over_https=is_public_over_https(public_url)),
            own_origin=OwnOrigin(public_url),
            closing=closing,
        )
        self._websocket = GraphQLWebSocket(self._door)
        self._http = BodyLimit(
            GraphQLView(self._door, explorer),
            max_bytes=GRAPHQL_BODY_BYTES,
            too_large=self._refusing(BodyTooLarge(f"a body may have {GRAPHQL_BODY_BYTES:,} bytes")),
            too_late=self._refusing(
                BodyTooLate(f"a body must arrive within {DEADLINE_SECONDS:g} s")
            ),
        )

    @property
    def open_connections(self) -> int:
        """How many WebSockets are open."""
        return self._websocket.open_connections

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request or one WebSocket."""
        app = self._websocket if scope["type"] == "websocket" else self._http
        await app(scope, receive, send)

    def _refusing(self, error: ZenModeError) -> ASGIApp:
        async def refuse(scope: Scope, receive: Receive, send: Send) -> None:
            media_type = answer_type(Headers(scope=scope).get("accept", ""))
            answers = Answers(self._door.reception.errors, request_id_of(scope), media_type)
            await answers.refused(error)(scope, receive, send)

        return refuse
