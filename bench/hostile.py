"""How long one request of a stranger holds up everybody else on its web process.

Each of the worst requests that are known is sent by itself, as bytes, while another caller asks for
`/healthz` again and again: the longest that this one had to wait is shown. The server has one core,
the callers the other. `BENCH_APP` names another checkout's folder, to be compared.
"""

import asyncio
import os
import sys
from contextlib import suppress
from statistics import median
from time import perf_counter
from urllib.parse import urlsplit

from bench.serving import free_port, served
from bench.web import SERVER_CORE, stage
from tests.hostile.worst import Sent, sent_by_strangers

ROUNDS = 3
TARGET_MS = 50
_ANSWER_SECONDS = 30
_AFTERWARDS_SECONDS = 0.05
_HEALTH = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"


def run() -> None:
    """Measure, and print the worst first."""
    with stage() as on:
        port = free_port()
        command = [
            sys.executable,
            "-m",
            "app.cli",
            "web",
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
        ]
        environ = dict(on.environ)
        if other := os.environ.get("BENCH_APP"):
            environ["PYTHONPATH"] = other
            command = ["env", "-C", other, *command]
        server = on.stack.enter_context(served(command, port, environ, SERVER_CORE))
        waits = asyncio.run(_all(server.url))
    for name, wait in sorted(waits.items(), key=lambda one: -one[1]):
        print(f"{wait * 1000:8.1f} ms  {name}")
    over = sum(wait * 1000 > TARGET_MS for wait in waits.values())
    print(f"{len(waits)} requests, {over} hold others up for more than {TARGET_MS} ms")


async def _all(url: str) -> dict[str, float]:
    found = {"(nothing)": await _longest_wait(url, None)}
    for one in sent_by_strangers():
        rounds = [await _longest_wait(url, one) for _ in range(ROUNDS)]
        found[one.name] = median(rounds)
    return found


async def _longest_wait(url: str, sent: Sent | None) -> float:
    """Seconds that another caller waited at most while this was dealt with."""
    is_over = asyncio.Event()
    watching = asyncio.create_task(_watch(url, is_over))
    await asyncio.sleep(_AFTERWARDS_SECONDS)
    if sent is not None:
        with suppress(OSError, TimeoutError, asyncio.IncompleteReadError):
            await _send(url, sent)
    await asyncio.sleep(_AFTERWARDS_SECONDS)
    is_over.set()
    return await watching


async def _watch(url: str, is_over: asyncio.Event) -> float:
    reader, writer = await _connected(url)
    longest = 0.0
    while not is_over.is_set():
        began = perf_counter()
        writer.write(_HEALTH)
        await reader.readuntil(b"\r\n\r\n")
        await reader.read(4_096)
        longest = max(longest, perf_counter() - began)
        await asyncio.sleep(0.001)
    writer.close()
    return longest


async def _send(url: str, sent: Sent) -> None:
    """Send it all, and wait for the first of what comes back, or for the end."""
    reader, writer = await _connected(url)
    try:
        async with asyncio.timeout(_ANSWER_SECONDS):
            if sent.opening:
                writer.write(sent.opening)
                await reader.readuntil(b"\r\n\r\n")
            writer.write(sent.data)
            # What is never read holds nobody up but its sender.
            with suppress(TimeoutError):
                async with asyncio.timeout(1):
                    await writer.drain()
            await reader.read(65_536)
    finally:
        writer.close()


async def _connected(url: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    parts = urlsplit(url)
    return await asyncio.open_connection(parts.hostname, parts.port)
