"""The counters of a process, and the page that Prometheus reads.

Each process has its own page: nothing is shared between the processes of one machine.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Final

from prometheus_client import (
    CONTENT_TYPE_PLAIN_0_0_4,
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

__all__ = ["MEDIA_TYPE", "OTHER", "Metric", "Metrics", "counters", "gauge", "gauges"]

MEDIA_TYPE: Final = CONTENT_TYPE_PLAIN_0_0_4
OTHER: Final = "other"
# Callers choose the names of their operations, and could otherwise fill our memory with them.
_MOST_NAMES: Final = 200
_LONGEST_NAME: Final = 80

REQUEST_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
ATTEMPT_SECONDS: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 15.0, 30.0)


class Metrics:
    """One for each process. `registry` holds the counters."""

    def __init__(self) -> None:
        # Their times of creation would double the number of series.
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self._requests = Histogram(
            "zenmode_request_seconds",
            "Seconds from a request to the start of its response.",
            ("method", "route", "status"),
            buckets=REQUEST_SECONDS,
            registry=registry,
        )
        self._operations = Counter(
            "zenmode_graphql_operations",
            "Operations that callers sent, by name.",
            ("operation", "kind"),
            registry=registry,
        )
        self._task_moves = Counter(
            "zenmode_task_moves",
            "Tasks that were created, or that reached a status.",
            ("to",),
            registry=registry,
        )
        self._deliveries = Counter(
            "zenmode_delivery_attempts",
            "Attempts at webhooks, by outcome.",
            ("outcome",),
            registry=registry,
        )
        self._delivery_seconds = Histogram(
            "zenmode_delivery_attempt_seconds",
            "Seconds from the look-up of a receiver's name to the end of its response.",
            buckets=ATTEMPT_SECONDS,
            registry=registry,
        )
        # Finding a child by its labels takes longer than changing it.
        self._histograms: dict[tuple[str, str, int], Histogram] = {}
        self._counters: dict[tuple[str, str], Counter] = {}

    def request_ended(self, method: str, route: str, status: int, seconds: float) -> None:
        """Counts an answered request; `route` is one of our own names, of which there are few."""
        key = (method, route, status)
        histogram = self._histograms.get(key)
        if histogram is None:
            histogram = self._histograms[key] = self._requests.labels(*key)
        histogram.observe(seconds)

    def operation_began(self, name: str | None, kind: str) -> None:
        """Counts a GraphQL operation. Past many names, new ones are counted together."""
        key = ((name or "")[:_LONGEST_NAME], kind)
        if key not in self._counters and len(self._counters) >= _MOST_NAMES:
            key = (OTHER, kind)
        counter = self._counters.get(key)
        if counter is None:
            counter = self._counters[key] = self._operations.labels(*key)
        counter.inc()

    def task_moved(self, to: str) -> None:
        """Counts a task that was created, or has come to a status."""
        self._task_moves.labels(to).inc()

    def delivery_attempted(self, outcome: str, seconds: float) -> None:
        """Counts an attempt at a webhook: `delivered`, `retried` or `failed`."""
        self._deliveries.labels(outcome).inc()
        self._delivery_seconds.observe(seconds)

    def page(self, sampled: Iterable[Metric]) -> bytes:
        """Returns the counters, what the kernel knows of the process, and what was sampled."""
        return generate_latest(_Together(self.registry, sampled))


class _Together(Collector):
    def __init__(self, registry: CollectorRegistry, sampled: Iterable[Metric]) -> None:
        self._registry = registry
        self._sampled = sampled

    def collect(self) -> Iterator[Metric]:
        return chain(self._registry.collect(), self._sampled)


def gauge(name: str, help: str, value: float) -> Metric:
    """Returns a sampled value without labels."""
    return GaugeMetricFamily(name, help, value=value)


def gauges(name: str, help: str, label: str, values: Mapping[str, float]) -> Metric:
    """Returns sampled values, each with its value of the label."""
    return _labelled(GaugeMetricFamily(name, help, labels=(label,)), values)


def counters(name: str, help: str, label: str, values: Mapping[str, float]) -> Metric:
    """Returns sampled values that only grow, each with its value of the label."""
    return _labelled(CounterMetricFamily(name, help, labels=(label,)), values)


def _labelled(
    family: GaugeMetricFamily | CounterMetricFamily, values: Mapping[str, float]
) -> Metric:
    for label, value in values.items():
        family.add_metric((label,), value)
    return family
