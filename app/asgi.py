"""Wires the web process: REST, GraphQL, the pages, health checks and metrics."""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from app.actions.operations.read_health import read_health
from app.gateways.metrics import Metrics
from app.http.auth.access_control import ActionAccessControl
from app.http.graphql_app import GraphQLApp
from app.http.middleware.install import install_middleware
from app.http.server.graceful_shutdown import DRAIN_SECONDS, closing_event, with_connection_close
from app.http.site.dashboard import Dashboard
from app.http.site.documentation import Documentation
from app.http.site.metrics_endpoint import MetricsEndpoint
from app.http.site.pages import assets, favicon
from app.rest.rest_app import RestApp
from app.services.services import Services
from app.settings import Settings, load_settings
from app.wiring import open_services, traced

# Objects made, young rounds and middle rounds between rounds of the collector; Python's own first
# number, 700, is reached within a few requests.
_COLLECT_AFTER: Final = (20_000, 20, 20)


def create_app() -> ASGIApp:
    """The web application; settings are read here, not at import."""
    return WebProcess(load_settings()).app


async def _healthz(_request: Request) -> Response:
    return PlainTextResponse("alive\n")


async def _favicon(_request: Request) -> Response:
    return favicon()


def _freeze_startup_objects() -> None:
    """Keeps the objects of the start out of garbage collection: scanning them made pauses."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECT_AFTER)


class WebProcess:
    """REST, GraphQL and the pages.

    `services` is there once the process has started.
    """

    services: Services

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._graphql: ASGIApp
        self._rest: ASGIApp
        self._metrics_endpoint: MetricsEndpoint
        self._metrics = Metrics()
        self._closing: asyncio.Event | None = None
        dashboard = Dashboard(sign_up=settings.sign_up)
        self._pages = Starlette(
            routes=[
                Route("/healthz", _healthz),
                Route("/readyz", self._readyz),
                Route("/metrics", self._metrics_page),
                Route("/favicon.ico", _favicon),
                Mount("/assets", assets()),
                *Documentation(settings.public_url).routes(),
                *dashboard.routes(),
            ],
            exception_handlers={HTTPException: dashboard.refused},
            lifespan=self._open,
        )
        self._pages.router.redirect_slashes = False
        self.app = install_middleware(self._serve, settings, self._metrics)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request to the app for its path."""
        path: str = scope.get("path", "")
        app: ASGIApp = self._pages
        if self._closing is not None and self._closing.is_set():
            send = with_connection_close(send)
        if path == "/graphql":
            app = self._graphql
        elif scope["type"] == "http" and path.startswith("/api"):
            app = self._rest
        await app(scope, receive, send)

    @asynccontextmanager
    async def _open(self, _app: Starlette) -> AsyncIterator[None]:
        """Connect for as long as the process lives."""
        with traced(self._settings, "zenmode-web"):
            async with self._opened():
                yield

    @asynccontextmanager
    async def _opened(self) -> AsyncIterator[None]:
        async with open_services(self._settings, self._metrics) as services:
            # Only a proxy can send elsewhere what would come here.
            drain_seconds = DRAIN_SECONDS if self._settings.trusted_proxies else 0.0
            with closing_event(drain_seconds) as closing:
                self._closing = closing
                gate = ActionAccessControl(services)
                self.services = services
                explorer = RedirectResponse("/explorer")
                graphql = GraphQLApp(services, gate, closing=closing, explorer=explorer)
                self._graphql = graphql
                self._metrics_endpoint = MetricsEndpoint(services, graphql)
                self._rest = RestApp(services, gate)
                _freeze_startup_objects()
                yield

    async def _metrics_page(self, request: Request) -> Response:
        return await self._metrics_endpoint.answer(request)

    async def _readyz(self, _request: Request) -> Response:
        """Ready when the database answers and has its migrations; the state of Redis is shown."""
        if self._closing is not None and self._closing.is_set():
            return PlainTextResponse("closing\n", status_code=503)
        health = await read_health(self.services)
        parts = {
            "database": health.database,
            "migrations": health.migrations,
            "redis": health.redis,
        }
        lines = "".join(f"{part}: {problem or 'ok'}\n" for part, problem in parts.items())
        return PlainTextResponse(lines, status_code=200 if health.is_ready else 503)
