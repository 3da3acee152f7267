"""`zenmode web` and `zenmode worker` as processes of their own."""

import json
import signal
import socket

import httpx
import pytest

from tests.cli.command import Place, free_port, until_ready
from tests.waiting import until


@pytest.mark.parametrize("workers", ["1", "2"])
async def test_every_line_of_the_log_is_an_object(
    place: Place, redis_url: str, workers: str
) -> None:
    place.run("migrate")
    settings = {"ZENMODE_LOG_FORMAT": "json", "ZENMODE_REDIS_URL": redis_url}
    port = free_port()
    web = place.start("web", "--port", str(port), "--workers", workers, **settings)
    try:
        await until_ready(port, web)
        async with httpx.AsyncClient() as client:
            headers = {"X-Request-Id": "asked-by-a-test"}
            await client.get(f"http://127.0.0.1:{port}/api/v1/tasks", headers=headers)
    finally:
        web.stop(within_seconds=15)
    lines = [json.loads(line) for line in web.log.splitlines()]
    assert any(line.get("request_id") == "asked-by-a-test" for line in lines), web.log
    assert all(line["level"] for line in lines)


@pytest.mark.parametrize("words", [["web"], ["worker"]])
async def test_it_is_gone_within_ten_seconds_of_being_asked(
    place: Place, redis_url: str, words: list[str]
) -> None:
    place.run("migrate")
    settings = {"ZENMODE_REDIS_URL": redis_url}
    port = free_port()
    process = place.start(*words, *(["--port", str(port)] if words == ["web"] else []), **settings)
    try:
        if words == ["web"]:
            await until_ready(port, process)
        else:
            await until(lambda: "worker: ok" in place.run("check", **settings).stdout, 30)
        process.send(signal.SIGTERM)
        await until(lambda: not process.is_running, 10)
        assert process.exit_code in (0, -signal.SIGTERM)
        assert "Traceback" not in process.log
    finally:
        process.stop(signal.SIGKILL)


def test_a_taken_port_is_one_line(place: Place) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = place.refusal("web", "--port", str(port))
    assert said.startswith(f"zenmode: 127.0.0.1:{port} cannot be listened on: Address already")


def test_a_host_that_is_none_of_this_machine_is_one_line(place: Place) -> None:
    said = place.refusal("web", "--host", "203.0.113.7", "--port", str(free_port()))
    assert "203.0.113.7" in said


def test_a_database_without_its_tables_is_one_line_that_says_what_to_do(
    place: Place, redis_url: str
) -> None:
    said = place.refusal("web", "--port", str(free_port()), ZENMODE_REDIS_URL=redis_url)
    assert "zenmode migrate" in said


async def test_a_process_that_waits_for_migrations_serves_once_they_have_run(
    place: Place, redis_url: str
) -> None:
    port = free_port()
    web = place.start(
        "web", "--port", str(port), "--wait-for-migrations", ZENMODE_REDIS_URL=redis_url
    )
    try:
        assert place.run("migrate").returncode == 0
        await until_ready(port, web)
    finally:
        web.stop()
