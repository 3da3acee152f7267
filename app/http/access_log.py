"""One line for every request and every WebSocket, when it is over.

The request's id stands in it, and what the doors have learnt: the workspace, the operation. Never
the query of an address, which may hold what is nobody's business.
"""

import time
from typing import Final

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Asked every few seconds by machines, and of interest to nobody.
_UNLOGGED: Final = frozenset({"/healthz", "/readyz", "/metrics"})

_log = structlog.get_logger(__name__)


class AccessLog:
    """Writes down what was asked and how it went."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Carry out one request, and log it."""
        if scope["type"] not in ("http", "websocket") or scope["path"] in _UNLOGGED:
            await self.app(scope, receive, send)
            return
        outcome: dict[str, object] = {}

        async def send_noting(message: Message) -> None:
            if "status" in message:
                outcome["status"] = message["status"]
            elif message["type"] == "websocket.close":
                outcome["close_code"] = message["code"]
            await send(message)

        began = time.perf_counter()
        try:
            await self.app(scope, receive, send_noting)
        finally:
            _log.info(
                "request" if scope["type"] == "http" else "websocket",
                method=scope.get("method", "GET"),
                path=scope["path"],
                duration_ms=round((time.perf_counter() - began) * 1000, 1),
                **outcome,
            )


def note_caller(workspace_id: str, caller: str) -> None:
    """Let the lines of this request say whose it is."""
    structlog.contextvars.bind_contextvars(workspace=workspace_id, caller=caller)


def note_operation(name: str | None, kind: str) -> None:
    """Let the lines of this request say what was asked for."""
    structlog.contextvars.bind_contextvars(operation=f"{kind} {(name or '')[:80]}".strip())
