"""One line for every request and every WebSocket, when it is over.

It has the request's id, the workspace and the operation. It never has the query of a URL, which may
hold personal data.
"""

import time
from typing import Final

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app import log_context as log_facts
from app.gateways.metrics import OTHER, Metrics

# Requested every few seconds by monitors.
_UNLOGGED: Final = frozenset({"/healthz", "/readyz", "/metrics"})

# Paths that are counted under their own names; REST names its routes itself.
_ROUTES: Final = frozenset({"/", "/docs", "/graphql"})
_METHODS: Final = frozenset({"GET", "POST", "DELETE", "OPTIONS", "HEAD"})
_ROUTE: Final = "route"

_log = structlog.get_logger(__name__)


class AccessLog:
    """Logs and counts each request."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Carry out one request, and log it."""
        if scope["type"] not in ("http", "websocket") or scope["path"] in _UNLOGGED:
            await self.app(scope, receive, send)
            return
        outcome: dict[str, object] = {}

        async def send_noting(message: Message) -> None:
            if "status" in message:
                outcome["status"] = message["status"]
                self._count(scope, message["status"], time.perf_counter() - began)
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

    def _count(self, scope: Scope, status: int, seconds: float) -> None:
        """Until the answer began: a stream of events may go on for days."""
        if scope["type"] != "http":
            return
        method = scope["method"] if scope["method"] in _METHODS else OTHER
        self._metrics.request_ended(method, route_of(scope), status, seconds)


def route_of(scope: Scope) -> str:
    """The name under which a request is counted."""
    path: str = scope["path"]
    known = path if path in _ROUTES else OTHER
    route: str = scope.get("state", {}).get(_ROUTE, known)
    return route


def note_route(scope: Scope, route: str) -> None:
    """Counts a request under the name of its route, of which there are few."""
    scope["state"][_ROUTE] = route


def note_caller(workspace_id: str, caller: str) -> None:
    """Adds the caller to the log lines of this request."""
    log_facts.note(workspace=workspace_id, caller=caller)


def note_operation(name: str | None, kind: str) -> None:
    """Adds the operation to the log lines of this request."""
    log_facts.note(operation=f"{kind} {(name or '')[:80]}".strip())
