"""What can be read of a process, and how Prometheus wants it written."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)

from app.gateways.metrics import Histogram

MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True, slots=True)
class MetricReading:
    """One name, and its value for each combination of labels; `kind` as Prometheus calls it."""

    name: str
    help: str
    kind: str
    labels: tuple[str, ...] = ()
    values: Sequence[tuple[tuple[str, ...], float | Histogram]] = field(default=())


def gauge(name: str, help: str, value: float) -> MetricReading:
    """A value without labels."""
    return MetricReading(name, help, "gauge", (), [((), value)])


class Page:
    """Writes down the readings of a process, and what the kernel knows of it."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)

    def write(self, readings: Iterable[MetricReading]) -> bytes:
        """Prometheus's text format."""
        collected = _Collected(lambda: map(_metric, readings))
        self._registry.register(collected)
        try:
            return generate_latest(self._registry)
        finally:
            self._registry.unregister(collected)


class _Collected:
    def __init__(self, collect: Callable[[], Iterable[Metric]]) -> None:
        self._collect = collect

    def describe(self) -> list[Metric]:
        """Nothing before it is asked for; else it would be read twice."""
        return []

    def collect(self) -> Iterator[Metric]:
        """What prometheus-client asks for."""
        yield from self._collect()


def _metric(reading: MetricReading) -> Metric:
    if reading.kind == "histogram":
        return _histogram(reading)
    family = CounterMetricFamily if reading.kind == "counter" else GaugeMetricFamily
    metric = family(reading.name, reading.help, labels=reading.labels)
    for labels, value in reading.values:
        if not isinstance(value, Histogram):
            metric.add_metric(labels, value)
    return metric


def _histogram(reading: MetricReading) -> Metric:
    metric = HistogramMetricFamily(reading.name, reading.help, labels=reading.labels)
    for labels, value in reading.values:
        if isinstance(value, Histogram):
            metric.add_metric(labels, value.buckets(), value.seconds)
    return metric
