"""GraphQL as the product serves it, over HTTP and WebSocket, ready to be mounted on one path."""

import asyncio

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from app.domain.errors import BodyTooLarge, BodyTooLate, ZenModeError
from app.http.auth.access_control import AccessControl
from app.http.auth.credentials import SessionCookies
from app.http.auth.origin import OwnOrigin
from app.http.graphql.dependencies import GraphQLDependencies
from app.http.graphql.graphql_view import GraphQLView
from app.http.graphql.media_type import response_media_type
from app.http.graphql.operation_preparer import OperationPreparer
from app.http.graphql.response_builder import ResponseBuilder
from app.http.middleware.body_limit import DEADLINE_SECONDS, GRAPHQL_BODY_BYTES, BodyLimit
from app.http.middleware.install import is_public_over_https
from app.http.middleware.request_id import request_id_of
from app.http.websocket.websocket_view import GraphQLWebSocket
from app.schema import schema
from app.services.services import Services


class GraphQLApp:
    """Both ways to speak GraphQL. `open_connections` counts the WebSockets of this process."""

    def __init__(
        self,
        services: Services,
        access_control: AccessControl,
        *,
        closing: asyncio.Event,
        explorer: ASGIApp,
    ) -> None:
        public_url = services.settings.public_url
        self._dependencies = GraphQLDependencies(
            services=services,
            preparer=OperationPreparer(schema, access_control, services.metrics, public_url),
            cookies=SessionCookies(is_public_over_https=is_public_over_https(public_url)),
            own_origin=OwnOrigin(public_url),
            closing=closing,
        )
        self._websocket = GraphQLWebSocket(self._dependencies)
        self._http = BodyLimit(
            GraphQLView(self._dependencies, explorer),
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
            media_type = response_media_type(Headers(scope=scope).get("accept", ""))
            responses = ResponseBuilder(
                self._dependencies.preparer.errors, request_id_of(scope), media_type
            )
            await responses.refused(error)(scope, receive, send)

        return refuse
