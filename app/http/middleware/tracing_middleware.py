"""One span for every request, around all that answers it."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app import tracing
from app.http.middleware.access_log import route_of


class TracingMiddleware:
    """Stands in the way of requests only where traces are wished for."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Carry out one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        method: str = scope["method"]

        async def send_noting(message: Message) -> None:
            if message["type"] == "http.response.start":
                route = route_of(scope)
                tracing.note(
                    f"{method} {route}",
                    {
                        "http.request.method": method,
                        "http.route": route,
                        "http.response.status_code": message["status"],
                        "zenmode.request_id": scope["state"]["request_id"],
                    },
                )
            await send(message)

        with tracing.request_span(method, Headers(scope=scope)):
            await self.app(scope, receive, send_noting)
