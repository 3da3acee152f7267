"""What GraphQL needs to be served, over HTTP and WebSocket alike."""

import asyncio
from dataclasses import dataclass, field

from starlette.requests import HTTPConnection

from app.domain.access.caller import Caller
from app.http.auth.connection_slots import MOST_STAYING_OPEN, ConnectionSlots
from app.http.auth.credentials import SessionCookies
from app.http.auth.origin import OwnOrigin
from app.http.graphql.operation_preparer import OperationPreparer
from app.http.middleware.request_id import request_id_of
from app.schema.context import Context
from app.services.services import Services


@dataclass(frozen=True, slots=True)
class GraphQLDependencies:
    """Made once in the wiring.

    `closing` is set when the process is about to go, so that what stays open can end.
    `event_streams` are the slots for responses that stay open.
    """

    services: Services
    preparer: OperationPreparer
    cookies: SessionCookies
    own_origin: OwnOrigin
    closing: asyncio.Event
    event_streams: ConnectionSlots = field(
        default_factory=lambda: ConnectionSlots(MOST_STAYING_OPEN)
    )

    def context(self, connection: HTTPConnection, caller: Caller | None) -> Context:
        """Returns the context of one operation, which it shares with no other."""
        return Context(
            services=self.services,
            caller=caller,
            request_id=request_id_of(connection.scope),
            address=address_of(connection),
        )


def address_of(connection: HTTPConnection) -> str | None:
    """Returns the caller's network address, as the server or a trusted proxy saw it."""
    return connection.client.host if connection.client else None
