"""Answers that go on: server-sent events and multipart."""

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from typing import Final

import orjson
from graphql import OperationType
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send
from strawberry.http.streaming import merge_stream_with_heartbeat

from app.http.auth.connection_slots import ConnectionSlot
from app.http.graphql.media_type import accepted_types, is_answer_accepted
from app.http.graphql.response_builder import Body

_NOT_TO_BE_HELD_UP: Final = {
    "Cache-Control": "no-cache, no-transform",
    # nginx would collect events until a buffer is full.
    "X-Accel-Buffering": "no",
}


@dataclass(frozen=True, slots=True)
class StreamTransport:
    """How bodies stand in one answer; `encoded` wraps one of them, which is JSON."""

    content_type: str
    heartbeat_seconds: float
    begins_with_heartbeat: bool
    beginning: bytes
    heartbeat: bytes
    end: bytes
    encoded: Callable[[bytes], bytes]

    @property
    def headers(self) -> dict[str, str]:
        """The fields of the answer."""
        return {"Content-Type": self.content_type, **_NOT_TO_BE_HELD_UP}


def _event(body: bytes) -> bytes:
    return b"event: next\ndata: %s\n\n" % body


def _part(content: bytes) -> bytes:
    """Ends with the delimiter: a part is over, for a client, when the next one begins."""
    return b"\r\ncontent-type: application/json\r\n\r\n%s\r\n--graphql" % content


# The "distinct connections" mode of the GraphQL over SSE protocol. Of the three ends of a line
# that the standard allows, LF is the one that every client takes.
_SERVER_SENT_EVENTS: Final = StreamTransport(
    content_type="text/event-stream",
    heartbeat_seconds=15.0,
    begins_with_heartbeat=False,
    beginning=b"",
    heartbeat=b": ping\n\n",
    # Browsers leave out events that have no data.
    end=b"event: complete\ndata: \n\n",
    encoded=_event,
)
# Apollo's protocol of multipart subscriptions, in the form that the strictest of its clients reads.
_MULTIPART: Final = StreamTransport(
    content_type='multipart/mixed; boundary="graphql"; subscriptionSpec=1.0',
    heartbeat_seconds=5.0,
    begins_with_heartbeat=True,
    beginning=b"\r\n--graphql",
    heartbeat=_part(b"{}"),
    end=b"--\r\n",
    encoded=lambda body: _part(b'{"payload":%s}' % body),
)


def transport_for(accept: str, kind: OperationType | None) -> StreamTransport | None:
    """The stream that the caller wants for this kind of operation, or None for a plain answer.

    Clients name the streams for queries too, whose one answer is no stream for who takes it plain.
    """
    if kind is not OperationType.SUBSCRIPTION and is_answer_accepted(accept):
        return None
    accepted = accepted_types(accept)
    if any(name == "text/event-stream" for name, _ in accepted):
        return _SERVER_SENT_EVENTS
    if kind is OperationType.SUBSCRIPTION and any(
        name == "multipart/mixed" and parameters.get("subscriptionspec", "").startswith("1.0")
        for name, parameters in accepted
    ):
        return _MULTIPART
    return None


class EventStream(StreamingResponse):
    """The bodies as they come, with a sign of life in between; `slot` is free at the end."""

    def __init__(
        self,
        bodies: AsyncGenerator[Body, None],
        transport: StreamTransport,
        headers: Mapping[str, str],
        slot: ConnectionSlot | None = None,
    ) -> None:
        super().__init__(_parts(bodies, transport), headers={**headers, **transport.headers})
        self._slot = slot

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send them."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            if self._slot is not None:
                self._slot.release()


async def _parts(
    bodies: AsyncGenerator[Body, None], transport: StreamTransport
) -> AsyncGenerator[bytes, None]:
    async def events() -> AsyncGenerator[bytes, None]:
        async with aclosing(bodies) as coming:
            async for body in coming:
                yield transport.encoded(orjson.dumps(body))
        yield transport.end

    lively = merge_stream_with_heartbeat(
        events,  # type: ignore[arg-type]
        lambda: transport.heartbeat,  # type: ignore[arg-type,return-value]
        interval=transport.heartbeat_seconds,
        send_initial_heartbeat=transport.begins_with_heartbeat,
    )
    if transport.beginning:
        yield transport.beginning
    async with aclosing(lively()) as parts:
        async for part in parts:
            yield part  # type: ignore[misc]
