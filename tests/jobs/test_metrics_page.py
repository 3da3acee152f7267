"""What machines read of a worker."""

import asyncio

import httpx

from app.jobs.metrics_page import serving_metrics
from tests.actions.room import Room
from tests.cli.command import free_port


async def test_a_worker_tells_its_counts_on_a_port_of_its_own(room: Room) -> None:
    room.services.metrics.delivery_attempted("delivered", 0.2)
    port = free_port()
    async with serving_metrics(room.services, "127.0.0.1", port), httpx.AsyncClient() as client:
        answer = await client.get(f"http://127.0.0.1:{port}/metrics")

    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert 'zenmode_delivery_attempts_total{outcome="delivered"} 1.0' in answer.text
    assert "zenmode_database_up 1.0" in answer.text


async def test_what_is_no_request_ends_nothing(room: Room) -> None:
    port = free_port()
    async with serving_metrics(room.services, "127.0.0.1", port), httpx.AsyncClient() as client:
        for nonsense in (b"", b"x" * 100_000):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(nonsense)
            writer.write_eof()
            async with asyncio.timeout(5):
                assert await reader.read() == b""
            writer.close()
        answer = await client.get(f"http://127.0.0.1:{port}/")
    assert answer.status_code == 200
