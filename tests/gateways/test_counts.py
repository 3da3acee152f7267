"""What is counted stays small, whatever callers send."""

from app.gateways.metrics import OTHER, Histogram, Metrics
from app.gateways.metrics_registry import MetricReading, Page


def test_callers_cannot_fill_the_memory_with_names() -> None:
    counts = Metrics()
    for number in range(1_000):
        counts.operation_began(f"Name{number}", "query")
    counts.operation_began("x" * 10_000, "query")
    counts.operation_began("Name7", "query")

    assert len(counts.operations) == 201
    assert counts.operations["Name7", "query"] == 2
    assert counts.operations[OTHER, "query"] == 801


def test_a_histogram_counts_what_took_as_long_or_less() -> None:
    histogram = Histogram((0.1, 1.0))
    for seconds in (0.05, 0.1, 0.5, 7.0):
        histogram.add(seconds)

    assert histogram.buckets() == [("0.1", 2), ("1.0", 3), ("+Inf", 4)]
    assert histogram.seconds == 7.65


def test_a_page_can_be_written_again_and_again() -> None:
    page = Page()
    reading = MetricReading("zenmode_things", "Things.", "counter", ("kind",), [(("a",), 1.0)])
    assert page.write([reading]) == page.write([reading])
    assert b'zenmode_things_total{kind="a"} 1.0' in page.write([reading])
