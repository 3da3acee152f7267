"""What a web process takes to start and to stay: seconds, memory, and pauses of the collector.

The same process with Python's own settings of the garbage collector stands beside it.
"""

import os
import sys
import tempfile
import time
import urllib.request
from contextlib import ExitStack
from pathlib import Path

from bench.serving import Served, free_port, served
from bench.web import (
    LOAD_CORE,
    SERVER_CORE,
    Contender,
    environ_for,
    load,
    measure,
    prepared,
    print_table,
    works_of,
)
from tests.servers.postgres import PostgresServer
from tests.servers.redis import RedisServer

_REQUESTS = 100_000
_STARTS = 5
_MB = 1024 * 1024


def run() -> None:
    """Measure, and print."""
    os.sched_setaffinity(0, {LOAD_CORE})
    with ExitStack() as stack:
        postgres, redis = PostgresServer(), RedisServer()
        stack.callback(postgres.close)
        stack.callback(redis.close)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        environ = environ_for(postgres.create_database(), redis.url, folder)
        owner = prepared(environ)
        starts = sorted(_seconds_to_ready(environ) for _ in range(_STARTS))
        print(f"seconds to ready, median of {_STARTS}: {starts[_STARTS // 2]:.2f}")
        contenders = [
            _contender(stack, environ, "Python's own settings", "bench.peers.unspared"),
            _contender(stack, environ, "ZenMode", "app.cli", "web"),
        ]
        works = works_of(owner, folder)
        for contender in contenders:
            print(f"{contender.name}, idle: {contender.server.resident_bytes() / _MB:.0f} MB")
        for work in works:
            measure(work, contenders)
        print_table(works, contenders)
        for contender in contenders:
            while (count := _answered_count(contender.server)) < _REQUESTS:
                load(contender.server, works[1], 2)
            held = contender.server.resident_bytes() / _MB
            print(f"{contender.name}, after {count:,} requests: {held:.0f} MB")


def _contender(stack: ExitStack, environ: dict[str, str], name: str, *module: str) -> Contender:
    port = free_port()
    command = [sys.executable, "-m", *module, "--port", str(port)]
    return Contender(name, stack.enter_context(served(command, port, environ, SERVER_CORE)))


def _seconds_to_ready(environ: dict[str, str]) -> float:
    port = free_port()
    command = [sys.executable, "-m", "app.cli", "web", "--port", str(port)]
    began = time.perf_counter()
    with served(command, port, environ, SERVER_CORE):
        while not _is_ready(port):
            time.sleep(0.005)
        return time.perf_counter() - began


def _is_ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=1):
            return True
    except OSError:
        return False


def _answered_count(server: Served) -> int:
    with urllib.request.urlopen(f"{server.url}/metrics") as answer:
        lines = answer.read().decode().splitlines()
    counts = [line for line in lines if line.startswith("zenmode_request_seconds_count")]
    return int(sum(float(line.rpartition(" ")[2]) for line in counts))
