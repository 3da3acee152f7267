"""What a web process takes to start and to stay: seconds, memory, and pauses of the collector.

The same process with Python's own settings of the garbage collector stands beside it.
"""

import sys
import time
import urllib.request
from statistics import median

from bench.serving import Served, free_port, served
from bench.web import SERVER_CORE, load, measure, print_table, stage, works_of

_REQUESTS = 100_000
_STARTS = 5
_MB = 1024 * 1024


def run() -> None:
    """Measure, and print."""
    with stage() as on:
        starts = [_seconds_to_ready(on.environ) for _ in range(_STARTS)]
        print(f"seconds to ready, median of {_STARTS}: {median(starts):.2f}")
        contenders = [
            on.contender("Python's own settings", "bench.peers.unspared"),
            on.contender("ZenMode", "app.cli", "web"),
        ]
        works = works_of(on.owner, on.folder)
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
