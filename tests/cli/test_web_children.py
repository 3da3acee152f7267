"""`zenmode web --workers N`: a child that dies is replaced, and the others answer meanwhile."""

import os
import signal
from pathlib import Path

import httpx

from tests.cli.command import Place, free_port, until_ready
from tests.waiting import until


def children_of(pid: int) -> set[int]:
    """The web processes; the one that only keeps book for Python's multiprocessing is none."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return {one for one in map(int, found) if "spawn_main" in command_of(one)}


def command_of(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_bytes().decode()


def is_there(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


async def test_a_child_that_is_killed_is_replaced(place: Place, redis_url: str) -> None:
    place.run("migrate")
    port = free_port()
    web = place.start("web", "--port", str(port), "--workers", "2", ZENMODE_REDIS_URL=redis_url)
    try:
        await until_ready(port, web)
        before = await until(lambda: len(children_of(web.pid)) == 2 and children_of(web.pid), 20)
        killed = min(before)
        os.kill(killed, signal.SIGKILL)

        def is_replaced() -> bool:
            now = children_of(web.pid)
            return len(now) == 2 and killed not in now

        await until(is_replaced, 20)
        async with httpx.AsyncClient() as client:
            for _ in range(10):
                answer = await client.get(f"http://127.0.0.1:{port}/healthz")
                assert answer.status_code == 200
    finally:
        web.stop(within_seconds=15)
    assert not any(map(is_there, before))
