"""`/metrics`: what this process has seen, in Prometheus's text format."""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from starlette.requests import Request
from starlette.responses import Response

from app.actions.outside import Outside
from app.http.graphql_app import GraphQLApp

_TEXT = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """Reads the counts where they are kept, when it is asked."""

    def __init__(self, outside: Outside, graphql: GraphQLApp) -> None:
        self._outside = outside
        self._graphql = graphql
        self._registry = CollectorRegistry()
        self._registry.register(self)
        ProcessCollector(registry=self._registry)

    async def answer(self, _request: Request) -> Response:
        """The page."""
        return Response(generate_latest(self._registry), media_type=_TEXT)

    def collect(self) -> Iterator[Metric]:
        """What prometheus-client asks for at every look."""
        failures = CounterMetricFamily(
            "zenmode_redis_failures", "What Redis did not do in time, by use.", labels=["use"]
        )
        # Requests that were let through uncounted are the first of these.
        failures.add_metric(["rate_limit"], self._outside.limiter.failures)
        failures.add_metric(["events"], self._outside.events.failures)
        failures.add_metric(["doorbell"], self._outside.doorbell.failures)
        yield failures
        yield GaugeMetricFamily(
            "zenmode_redis_connected",
            "1 while events come in.",
            value=int(self._outside.events.is_connected),
        )
        yield GaugeMetricFamily(
            "zenmode_listeners",
            "Live views that are open.",
            value=self._outside.events.listener_count,
        )
        yield GaugeMetricFamily(
            "zenmode_websockets", "WebSockets that are open.", value=self._graphql.open_connections
        )
