"""Answers that go on: server-sent events and multipart, in the forms that Strawberry gives them."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from typing import Final

import orjson
from graphql import OperationType
from starlette.responses import StreamingResponse
from strawberry.http.streaming import (
    HTTPStreamTransport,
    MultipartSubscriptionTransport,
    SSETransport,
    merge_stream_with_heartbeat,
)

from app.http.graphql_answer import Body
from app.http.media_type import is_answer_accepted

StreamTransport = HTTPStreamTransport
_SERVER_SENT_EVENTS: Final = SSETransport()
_MULTIPART: Final = MultipartSubscriptionTransport()


def transport_for(accept: str, kind: OperationType | None) -> StreamTransport | None:
    """The stream that the caller wants for this kind of operation, or None for a plain answer.

    Clients name the streams for queries too, whose one answer is no stream for who takes it plain.
    """
    if kind is not OperationType.SUBSCRIPTION and is_answer_accepted(accept):
        return None
    if _SERVER_SENT_EVENTS.accepts(accept):
        return _SERVER_SENT_EVENTS
    if _MULTIPART.accepts(accept or "*/*") and kind is OperationType.SUBSCRIPTION:
        return _MULTIPART
    return None


def event_stream(
    bodies: AsyncGenerator[Body, None], transport: StreamTransport, fields: Mapping[str, str]
) -> StreamingResponse:
    """The bodies as they come, with a sign of life in between."""

    async def events() -> AsyncGenerator[str, None]:
        async with aclosing(bodies) as coming:
            async for body in coming:
                yield transport.encode_next(body, _encode)  # type: ignore[arg-type]
        yield transport.encode_complete()

    lively = merge_stream_with_heartbeat(
        events,
        lambda: transport.heartbeat_message(_encode),
        interval=transport.heartbeat_interval,
        send_initial_heartbeat=transport.send_initial_heartbeat,
    )
    return StreamingResponse(
        lively(), headers={"Cache-Control": "no-store", **fields, **transport.headers}
    )


def _encode(value: object) -> str:
    return orjson.dumps(value).decode()
