"""Wires the web process: both doors, the pages, and what machines ask."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from app.actions.outside import Outside
from app.actions.read_health import read_health
from app.http.closing import closing_event
from app.http.gate import ActionGate
from app.http.graphql_app import GraphQLApp
from app.http.pages import assets, docs_page, explorer_page, home_page
from app.http.rest_door import RestDoor
from app.http.surroundings import with_surroundings
from app.settings import Settings, load_settings
from app.wiring import open_outside


def create_app(settings: Settings | None = None) -> ASGIApp:
    """The web application; settings are read here, not at import."""
    loaded = settings or load_settings()
    doors = _Doors(loaded)
    app = Starlette(
        routes=[
            Route("/healthz", _healthz),
            Route("/readyz", doors.readyz),
            Route("/", home_page),
            Route("/docs", docs_page()),
            Mount("/assets", assets()),
        ],
        lifespan=doors.open,
    )
    doors.pages = app
    return with_surroundings(doors, loaded)


async def _healthz(_request: Request) -> Response:
    return PlainTextResponse("alive\n")


class _Doors:
    """The two doors, which open with the process, before the pages, which always stand open."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.pages: ASGIApp
        self._outside: Outside
        self._graphql: ASGIApp
        self._rest: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request to whom it is for."""
        path: str = scope.get("path", "")
        app = self.pages
        if path == "/graphql":
            app = self._graphql
        elif path.startswith("/api/v1/") and scope["type"] == "http":
            app = self._rest
        await app(scope, receive, send)

    @asynccontextmanager
    async def open(self, _app: Starlette) -> AsyncIterator[None]:
        """Connect for as long as the process lives."""
        async with open_outside(self._settings) as outside:
            with closing_event() as closing:
                gate = ActionGate(outside)
                self._outside = outside
                self._graphql = GraphQLApp(outside, gate, closing=closing, explorer=explorer_page())
                self._rest = RestDoor(outside, gate)
                yield

    async def readyz(self, _request: Request) -> Response:
        """Ready when the database and its migrations answer; Redis is told."""
        health = await read_health(self._outside)
        parts = {
            "database": health.database,
            "migrations": health.migrations,
            "redis": health.redis,
        }
        lines = "".join(f"{part}: {problem or 'ok'}\n" for part, problem in parts.items())
        return PlainTextResponse(lines, status_code=200 if health.is_ready else 503)
