"""Every request leaves one line that says whose it was and how it went."""

import httpx
from structlog.testing import capture_logs

from app.gateways.metrics import Metrics
from app.http.middleware.access_log import AccessLog
from app.http.middleware.request_id import RequestId
from tests.http.serving import serving
from tests.http.socket_client import connected
from tests.http.toy import GOOD, Toy
from tests.waiting import until


async def test_a_request_leaves_one_line_without_its_secrets(toy: Toy) -> None:
    transport = httpx.ASGITransport(RequestId(AccessLog(toy.app, Metrics())))
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
        with capture_logs() as lines:
            await client.post(
                "/graphql?secret=hunter2",
                json={"query": "query Greeting { hello }"},
                headers={"Authorization": f"Bearer {GOOD}"},
            )
    (line,) = lines
    assert line.pop("duration_ms") >= 0
    assert line == {
        "event": "request",
        "log_level": "info",
        "method": "POST",
        "path": "/graphql",
        "status": 200,
    }


async def test_a_websocket_leaves_one_line_at_its_end(toy: Toy) -> None:
    with capture_logs() as lines:
        async with serving(AccessLog(toy.app, Metrics())) as url, connected(url) as client:
            await client.raw("nonsense")
            await client.close_code()
            await until(lambda: lines)
    (line,) = lines
    assert (line["event"], line["close_code"]) == ("websocket", 4400)


async def test_machines_that_look_every_second_leave_none(toy: Toy) -> None:
    transport = httpx.ASGITransport(AccessLog(toy.app, Metrics()))
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
        with capture_logs() as lines:
            await client.get("/healthz")
    assert lines == []
