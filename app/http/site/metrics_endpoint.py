"""`/metrics`: what this process has seen, in Prometheus's text format."""

from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from app.actions.operations.read_metrics import MetricsReader
from app.gateways.metrics_registry import MEDIA_TYPE, Page, gauge
from app.http.graphql.graphql_app import GraphQLApp
from app.services.services import Services

_OF_PROXIES: Final = ("forwarded", "via", "x-forwarded-for", "x-forwarded-proto", "x-real-ip")


class MetricsEndpoint:
    """Reads the counts where they are kept, when it is asked."""

    def __init__(self, services: Services, graphql: GraphQLApp) -> None:
        self._reader = MetricsReader(services)
        self._graphql = graphql
        self._page = Page()

    async def answer(self, request: Request) -> Response:
        """The page, for who asks this very process: what a proxy passes on comes from outside."""
        if any(name in request.headers for name in _OF_PROXIES):
            raise HTTPException(404)
        websockets = gauge(
            "zenmode_websockets", "WebSockets that are open.", self._graphql.open_connections
        )
        text = self._page.write([*await self._reader.read(), websockets])
        return Response(text, media_type=MEDIA_TYPE)
