"""An id for every request, in its response and in each of its log lines."""

import re
from random import Random
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app import log_context as log_facts

HEADER: Final = "X-Request-Id"
_FIELD: Final = HEADER.lower().encode()
_ACCEPTABLE: Final = re.compile(rb"[A-Za-z0-9._-]{1,128}")
_numbers: Final = Random()
_ANSWERS: Final = frozenset({"http.response.start", "websocket.http.response.start"})


class RequestId:
    """Keeps a caller's own id if it is fit to be one, or makes one; outermost of all."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Carry out one request under its id."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        request_id = _kept_or_new([value for name, value in scope["headers"] if name == _FIELD])
        scope.setdefault("state", {})["request_id"] = request_id

        async def send_named(message: Message) -> None:
            if message["type"] in _ANSWERS:
                others = [field for field in message.get("headers", ()) if field[0] != _FIELD]
                message["headers"] = [*others, (_FIELD, request_id.encode())]
            await send(message)

        with log_facts.bind_log_context(request_id=request_id):
            await self.app(scope, receive, send_named)


def request_id_of(scope: Scope) -> str:
    """The id of the request that a scope belongs to."""
    known: str = scope["state"]["request_id"]
    return known


def new_request_id() -> str:
    """An id of ours; it is no secret, so the system's randomness is read once for each process."""
    return f"req_{_numbers.getrandbits(80):020x}"


def _kept_or_new(sent: list[bytes]) -> str:
    if len(sent) == 1 and _ACCEPTABLE.fullmatch(sent[0]):
        return sent[0].decode()
    return new_request_id()
