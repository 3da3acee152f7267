"""One web process at half of what it carries, for as long as BENCH_SOAK_MINUTES says (30).

Requests are sent at their appointed times whether earlier ones were answered or not, and counted
from that time, so that a pause of the process shows in every request that it delayed. A tenth of
the time tells each line of the table: latency, and what the process holds.
"""

import asyncio
import itertools
import json
import os
import random
import re
import sys
import tempfile
import time
import urllib.request
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from bench.serving import Served, free_port, served
from bench.web import environ_for, prepared
from tests.servers.postgres import PostgresServer
from tests.servers.redis import RedisServer

SERVER_CORE, LOAD_CORE = 0, 1
CONNECTIONS = 32
LINES = 10
FIND_OUT_SECONDS = 5.0
_BODY = json.dumps(
    {
        "action_type": "connect",
        "payload": {"profile_url": "https://www.linkedin.com/in/jane-doe"},
    }
).encode()


def run() -> None:
    """Measure, and print a table."""
    minutes = float(os.environ.get("BENCH_SOAK_MINUTES", "30"))
    os.sched_setaffinity(0, {LOAD_CORE})
    with ExitStack() as stack:
        postgres, redis = PostgresServer(), RedisServer()
        stack.callback(postgres.close)
        stack.callback(redis.close)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        environ = environ_for(postgres.create_database(), redis.url, folder)
        owner = prepared(environ)
        port = free_port()
        command = [sys.executable, "-m", "app.cli", "web", "--port", str(port)]
        server = stack.enter_context(served(command, port, environ, SERVER_CORE))
        asyncio.run(_soak(server, _requests(owner, port), minutes))


def _requests(owner: dict[str, str], port: int) -> list[bytes]:
    """A third each: a task made, one read, a page of them."""
    head = f"Host: 127.0.0.1:{port}\r\nAuthorization: Bearer {owner['api_key']}\r\n"
    length = f"Content-Type: application/json\r\nContent-Length: {len(_BODY)}\r\n\r\n"
    return [
        f"POST /api/v1/tasks HTTP/1.1\r\n{head}{length}".encode() + _BODY,
        f"GET /api/v1/tasks/task_77_12345678 HTTP/1.1\r\n{head}\r\n".encode(),
        f"GET /api/v1/tasks?limit=20 HTTP/1.1\r\n{head}\r\n".encode(),
    ]


class Line:
    """A connection that is kept, for one request at a time."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._writer: asyncio.StreamWriter | None = None

    async def ask(self, request: bytes) -> int:
        """The status of the answer."""
        if self._writer is None:
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        try:
            self._writer.write(request)
            head = await self._reader.readuntil(b"\r\n\r\n")
            length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
            await self._reader.readexactly(int(length[1]) if length else 0)
        except (OSError, asyncio.IncompleteReadError):
            self._writer = None
            return 0
        return int(head.split(None, 2)[1])


@dataclass(frozen=True)
class Held:
    """What the process holds."""

    memory_mb: float
    descriptors: int
    pool_used: float

    @classmethod
    def of(cls, server: Served) -> "Held":
        text = urllib.request.urlopen(f"{server.url}/metrics").read().decode()
        used = re.search(r'connections\{state="used"\} ([\d.]+)', text)
        return cls(
            server.resident_bytes() / 1024**2,
            len(os.listdir(f"/proc/{server.pid}/fd")),
            float(used[1]) if used else 0.0,
        )


async def _soak(server: Served, requests: list[bytes], minutes: float) -> None:
    port = int(server.url.rpartition(":")[2])
    lines: asyncio.Queue[Line] = asyncio.Queue()
    for _ in range(CONNECTIONS):
        lines.put_nowait(Line(port))
    most = await _capacity(lines, requests)
    rate = most / 2
    sys.stdout.write(f"it carries {most:.0f} requests a second; now {rate:.0f}, {minutes:g} min\n")
    sys.stdout.write("| at min | requests | not 2xx | p50 ms | p99 ms | memory MB | fds | pool |\n")
    sys.stdout.write("| --- | --- | --- | --- | --- | --- | --- | --- |\n")
    began = time.monotonic()
    for _ in range(LINES):
        took, bad = await _stretch(lines, requests, rate, minutes * 60 / LINES)
        held = await asyncio.to_thread(Held.of, server)
        took.sort()
        sys.stdout.write(
            f"| {(time.monotonic() - began) / 60:.1f} | {len(took)} | {bad} "
            f"| {took[len(took) // 2] * 1e3:.1f} | {took[len(took) * 99 // 100] * 1e3:.1f} "
            f"| {held.memory_mb:.0f} | {held.descriptors} | {held.pool_used:.0f} |\n"
        )
        sys.stdout.flush()


async def _capacity(lines: "asyncio.Queue[Line]", requests: list[bytes]) -> float:
    """Requests a second, each sent as soon as a connection is free."""
    count = 0
    deadline = time.monotonic() + FIND_OUT_SECONDS

    async def go_on() -> None:
        nonlocal count
        line = lines.get_nowait()
        for request in itertools.cycle(requests):
            if time.monotonic() > deadline:
                break
            await line.ask(request)
            count += 1
        lines.put_nowait(line)

    await asyncio.gather(*(go_on() for _ in range(lines.qsize())))
    return count / FIND_OUT_SECONDS


async def _stretch(
    lines: "asyncio.Queue[Line]", requests: list[bytes], rate: float, seconds: float
) -> tuple[list[float], int]:
    """Times from each appointment to the answer, and how many were not 2xx."""
    took: list[float] = []
    bad = 0
    asking: set[asyncio.Task[None]] = set()

    async def keep(appointed_at: float) -> None:
        nonlocal bad
        line = await lines.get()
        status = await line.ask(random.choice(requests))
        lines.put_nowait(line)
        took.append(time.monotonic() - appointed_at)
        bad += not 200 <= status < 300

    began = time.monotonic()
    for number in range(int(rate * seconds)):
        appointed_at = began + number / rate
        if (early := appointed_at - time.monotonic()) > 0:
            await asyncio.sleep(early)
        task = asyncio.create_task(keep(appointed_at))
        asking.add(task)
        task.add_done_callback(asking.discard)
    await asyncio.gather(*asking)
    return took, bad
