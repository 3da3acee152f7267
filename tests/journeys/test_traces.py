"""A trace follows a request to its queries, and links to the webhook that it caused."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.collector import Collector, collecting
from tests.journeys.fleet import running_fleet
from tests.servers.receiver import Receiver
from tests.waiting import until

CALLERS_TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    """One that all processes of the test are told of."""
    with collecting() as collector:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url)
        yield collector


async def test_a_trace_goes_from_the_request_through_the_queries_to_the_webhook(
    collector: Collector, postgres_url: str, redis_url: str, receiver: Receiver, tmp_path: Path
) -> None:
    async with running_fleet(postgres_url, redis_url, receiver, tmp_path) as fleet:
        await fleet.register(receiver.url("/hook"))
        body = {
            "action_type": "message",
            "payload": {"profile_url": "https://linkedin.com/in/jane", "message": "a secret word"},
        }
        traced = {"traceparent": f"00-{CALLERS_TRACE}-00f067aa0ba902b7-01"}
        ordered = await fleet.rest("POST", "/tasks", json=body, headers=traced)
        fleet.start_agent()
        await fleet.until_status(ordered.json()["task"]["id"], "completed")
        await receiver.wait_for(1)
        (sent,) = await until(lambda: collector.named("send webhook"))
        (queued,) = await until(lambda: collector.named("queue delivery"))
        (request,) = await until(lambda: collector.named("POST /api/v1/tasks"))

    mine = [span for span in collector.spans if span.trace_id == CALLERS_TRACE]
    (operation,) = [span for span in mine if span.name == "graphql"]
    assert request in mine
    assert operation.parent_id == request.span_id
    assert "INSERT INTO tasks" in " ".join(str(one.attributes.get("db.query.text")) for one in mine)
    assert request.attributes["http.response.status_code"] == 201
    assert request.attributes["zenmode.request_id"] == ordered.headers["x-request-id"]

    assert sent.service == "zenmode-worker"
    assert sent.attributes["zenmode.attempt"] == 1
    # The agent's report is another request; what it caused is told there.
    assert queued.service == "zenmode-web"
    assert queued.linked_traces == [sent.trace_id]
    assert queued.attributes["zenmode.delivery"] == sent.attributes["zenmode.delivery"]
    assert "secret word" not in str(collector.spans)
    assert fleet.keys["api_key"] not in str(collector.spans)


def test_without_an_address_nothing_of_it_is_loaded() -> None:
    words = "import sys, app.asgi, app.worker; print('opentelemetry' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", words], capture_output=True, text=True, check=True, timeout=30
    )
    assert done.stdout == "False\n"
