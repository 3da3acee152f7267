"""What GraphQL needs to be served, over HTTP and WebSocket alike."""

import asyncio
from dataclasses import dataclass, field

from starlette.requests import HTTPConnection

from app.actions.outside import Outside
from app.domain.caller import Caller
from app.http.credentials import SessionCookies
from app.http.origin import OwnOrigin
from app.http.places import MOST_STAYING_OPEN, Places
from app.http.reception import Reception
from app.http.request_id import request_id_of
from app.schema.context import Context


@dataclass(frozen=True, slots=True)
class GraphQLDoor:
    """Made once in the wiring.

    `closing` is set when the process is about to go, so that what stays open can end.
    `event_streams` are the places for answers that go on.
    """

    outside: Outside
    reception: Reception
    cookies: SessionCookies
    own_origin: OwnOrigin
    closing: asyncio.Event
    event_streams: Places = field(default_factory=lambda: Places(MOST_STAYING_OPEN))

    def context(self, connection: HTTPConnection, caller: Caller | None) -> Context:
        """The surroundings of one operation; what it leaves in there, no other one sees."""
        return Context(
            outside=self.outside,
            caller=caller,
            request_id=request_id_of(connection.scope),
            address=address_of(connection),
        )


def address_of(connection: HTTPConnection) -> str | None:
    """The network address of who asks, as the server or a trusted proxy saw it."""
    return connection.client.host if connection.client else None
