"""`/metrics`: what this process has seen, in Prometheus's text format."""

from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from app.actions.operations.read_metrics import MetricsReader
from app.gateways.metrics import MEDIA_TYPE, gauge
from app.http.graphql_app import GraphQLApp
from app.services.services import Services

_OF_PROXIES: Final = ("forwarded", "via", "x-forwarded-for", "x-forwarded-proto", "x-real-ip")


class MetricsEndpoint:
    """Serves the metrics of this process."""

    def __init__(self, services: Services, graphql: GraphQLApp) -> None:
        self._reader = MetricsReader(services)
        self._graphql = graphql

    async def answer(self, request: Request) -> Response:
        """Returns the page. Raises HTTPException (404) for what a proxy passes on."""
        if any(name in request.headers for name in _OF_PROXIES):
            raise HTTPException(404)
        websockets = gauge(
            "zenmode_websockets", "WebSockets that are open.", self._graphql.open_connections
        )
        return Response(await self._reader.page(websockets), media_type=MEDIA_TYPE)
