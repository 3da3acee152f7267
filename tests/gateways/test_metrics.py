"""What is counted stays small, whatever callers send."""

from app.gateways.metrics import OTHER, Metrics, counters, gauge, gauges


def _operations(metrics: Metrics, name: str) -> float | None:
    labels = {"operation": name, "kind": "query"}
    return metrics.registry.get_sample_value("zenmode_graphql_operations_total", labels)


def test_callers_cannot_fill_the_memory_with_names() -> None:
    metrics = Metrics()
    for number in range(1_000):
        metrics.operation_began(f"Name{number}", "query")
    metrics.operation_began("x" * 10_000, "query")
    metrics.operation_began("Name7", "query")

    assert metrics.page([]).count(b"zenmode_graphql_operations_total{") == 201
    assert _operations(metrics, "Name7") == 2
    assert _operations(metrics, OTHER) == 801


def test_a_histogram_counts_what_took_as_long_or_less() -> None:
    metrics = Metrics()
    for seconds in (0.01, 0.02, 7.0, 31.0):
        metrics.delivery_attempted("delivered", seconds)

    lines = metrics.page([]).decode().splitlines()
    name = "zenmode_delivery_attempt_seconds"
    counted = [line.removeprefix(name) for line in lines if line.startswith(name)]
    assert counted == [
        '_bucket{le="0.01"} 1.0',
        *(f'_bucket{{le="{le}"}} 2.0' for le in ("0.025", "0.05", "0.1", "0.25", "0.5")),
        *(f'_bucket{{le="{le}"}} 2.0' for le in ("1.0", "2.5", "5.0")),
        *(f'_bucket{{le="{le}"}} 3.0' for le in ("10.0", "15.0", "30.0")),
        '_bucket{le="+Inf"} 4.0',
        "_count 4.0",
        "_sum 38.03",
    ]


def test_a_page_can_be_written_again_and_again() -> None:
    metrics = Metrics()
    metrics.request_ended("GET", "/docs", 200, 0.002)
    sampled = [
        counters("zenmode_things", "Things.", "kind", {"a": 1.0}),
        gauges("zenmode_states", "States.", "state", {"b": 2}),
        gauge("zenmode_state", "A state.", 3),
    ]
    first, second = (_without_process(metrics.page(sampled)) for _ in range(2))
    assert first == second
    assert 'zenmode_things_total{kind="a"} 1.0' in first
    assert 'zenmode_states{state="b"} 2.0' in first
    assert "zenmode_state 3.0" in first
    labels = 'method="GET",route="/docs",status="200"'
    assert f"zenmode_request_seconds_count{{{labels}}} 1.0" in first
    assert not [line for line in first if "_created" in line]


def test_processes_share_no_counter() -> None:
    one, other = Metrics(), Metrics()
    one.task_moved("created")
    assert b'zenmode_task_moves_total{to="created"} 1.0' in one.page([])
    assert b"zenmode_task_moves_total{" not in other.page([])


def _without_process(page: bytes) -> list[str]:
    return [line for line in page.decode().splitlines() if "process_" not in line]
