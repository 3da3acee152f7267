"""Deliveries a second on one worker to an HTTPS receiver, against two others that do the same.

(a) a bare loop over the worker's own transport, without a queue: sign, send, forget; (b) BullMQ
with undici on Node, installed with npm into a temporary folder, left out with a word when npm can't
be reached. One receiver for all, in a process of its own; rounds take turns; figures are medians
and ratios.
"""

import asyncio
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import uvloop

from app.domain.webhooks.webhook import WebhookEvent
from app.domain.webhooks.webhook_signature import new_webhook_secret, signed_headers
from app.gateways.receivers.resolver import SystemResolver
from app.gateways.receivers.webhook_sender import WebhookSender
from app.models.engine.database import Database, Queries
from app.models.engine.migrate import migrate
from app.models.webhooks.delivery_queries import queue_delivery
from app.settings import load_settings
from bench.receiver import RunningReceiver, running_receiver
from tests.journeys.fleet import Fleet, running_fleet
from tests.servers.postgres import PostgresServer
from tests.servers.redis import RedisServer
from tests.waiting import until

DELIVERIES = 10_000
ROUNDS = 5
WEBHOOKS = 10
AT_ONCE = 100
BODY = json.dumps({"event": "task.completed", "data": {"task_id": "task_x", "n": "x" * 150}})
# From the first request to the last line written down.
_TOOK = """
SELECT (SELECT max(updated_at) FROM deliveries WHERE seq > $1)
     - (SELECT min(started_at) FROM delivery_attempts WHERE delivery_seq > $1) AS ms
"""
_NODE = Path(__file__).parent / "bullmq.mjs"


@dataclass(frozen=True)
class Run:
    """Deliveries a second, and the microseconds of CPU that the sending process took for each."""

    rate: float
    cpu_us: float


def run() -> None:
    """Measure, and print a table."""
    postgres, redis = PostgresServer(), RedisServer()
    try:
        with tempfile.TemporaryDirectory() as folder, running_receiver() as receiver:
            uvloop.run(_measure(postgres, redis, receiver, Path(folder)))
    finally:
        redis.close()
        postgres.close()


async def _measure(
    postgres: PostgresServer, redis: RedisServer, receiver: RunningReceiver, folder: Path
) -> None:
    url, ca_bundle = receiver.url, receiver.ca_bundle
    address = await asyncio.to_thread(postgres.create_database)
    settings = load_settings(
        {"ZENMODE_DATABASE_URL": address, "ZENMODE_SECRET_KEY": "k" * 32},
        env_file=None,
        data_dir=folder,
    )
    await migrate(settings.database)
    contenders: dict[str, Callable[[], Awaitable[Run]]] = {
        "a bare loop, no queue": lambda: _bare_loop(url, ca_bundle)
    }
    if await asyncio.to_thread(_install_bullmq, folder):
        contenders["BullMQ with undici"] = lambda: _bullmq(url, ca_bundle, folder)
    async with running_fleet(address, redis.url, receiver, folder) as fleet:
        fleet.processes["worker"].stop(signal.SIGTERM)
        hooks = [(await fleet.register(f"{url}/{n}"))["id"] for n in range(WEBHOOKS)]
        database = await Database.open(settings.database)
        try:
            contenders["one worker"] = lambda: _worker(fleet, database, hooks)
            runs: dict[str, list[Run]] = {name: [] for name in contenders}
            for _ in range(ROUNDS):
                for name, contender in contenders.items():
                    runs[name].append(await contender())
        finally:
            await database.close()
    _print(runs)


async def _worker(fleet: Fleet, database: Database, hooks: list[int]) -> Run:
    async def is_done() -> bool:
        return not await database.row("SELECT 1 FROM deliveries WHERE status = 'pending' LIMIT 1")

    process = fleet.start_worker()
    await _queue(database, hooks, WEBHOOKS)
    await until(is_done, 30)
    last = await database.row("SELECT max(seq) AS seq FROM deliveries")
    spent = _cpu_seconds(process.pid)
    await _queue(database, hooks, DELIVERIES)
    await until(is_done, 120)
    spent = _cpu_seconds(process.pid) - spent
    process.stop(signal.SIGTERM)
    row = await database.row(_TOOK, last["seq"] if last else 0)
    return Run(DELIVERIES * 1_000 / row["ms"] if row else 0, spent / DELIVERIES * 1e6)


async def _queue(database: Database, hooks: list[int], count: int) -> None:
    async def unit(queries: Queries) -> None:
        for number in range(count):
            await queue_delivery(
                queries,
                workspace_id=f"ws_{number % WEBHOOKS}",
                webhook_id=hooks[number % WEBHOOKS],
                event=WebhookEvent.TASK_COMPLETED,
                task_id=None,
                body=BODY,
                now=1,
            )

    await database.transaction(unit)


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    user_ticks, system_ticks = fields[11:13]
    return (int(user_ticks) + int(system_ticks)) / os.sysconf("SC_CLK_TCK")


async def _bare_loop(url: str, ca_bundle: Path) -> Run:
    secret = new_webhook_secret()
    sender = WebhookSender(
        SystemResolver(),
        allowed_networks=[ip_network("127.0.0.0/8")],
        ca_bundle=ca_bundle,
        timeout_seconds=15,
    )
    turns = asyncio.Semaphore(AT_ONCE)

    async def send(number: int) -> None:
        body = BODY.encode()
        async with turns:
            headers = signed_headers(
                delivery_id=f"dlv_{number}",
                attempt=1,
                event="task.completed",
                body=body,
                timestamp_seconds=1,
                secret=secret,
            )
            result = await sender.send(f"{url}/{number % WEBHOOKS}", body, headers)
            assert result.succeeded, result.error

    try:
        began, spent = perf_counter(), process_time()
        await asyncio.gather(*(send(number) for number in range(DELIVERIES)))
        took, spent = perf_counter() - began, process_time() - spent
        return Run(DELIVERIES / took, spent / DELIVERIES * 1e6)
    finally:
        await sender.aclose()


def _install_bullmq(folder: Path) -> bool:
    npm = shutil.which("npm")
    if npm is None:
        sys.stdout.write("BullMQ is left out: there is no npm\n")
        return False
    command = [npm, "install", "--silent", "--prefix", str(folder), "bullmq@5", "undici@7"]
    with contextlib.suppress(subprocess.TimeoutExpired):
        if subprocess.run(command, check=False, timeout=120).returncode == 0:
            shutil.copy(_NODE, folder / _NODE.name)
            return True
    sys.stdout.write("BullMQ is left out: npm could not install it\n")
    return False


async def _bullmq(url: str, ca_bundle: Path, folder: Path) -> Run:
    redis = RedisServer()
    try:
        words = [
            "node",
            str(folder / _NODE.name),
            redis.url.removeprefix("unix://"),
            url,
            str(ca_bundle),
            str(DELIVERIES),
        ]
        process = await asyncio.create_subprocess_exec(
            *words, str(WEBHOOKS), str(AT_ONCE), BODY, stdout=subprocess.PIPE
        )
        printed, _ = await process.communicate()
        rate, cpu_us = printed.split()
        return Run(float(rate), float(cpu_us))
    finally:
        redis.close()


def _print(runs: dict[str, list[Run]]) -> None:
    sys.stdout.write(
        "| | deliveries a second | one worker against it | CPU µs of the sender for each |\n"
        "| --- | --- | --- | --- |\n"
    )
    ours = runs["one worker"]
    for name, found in runs.items():
        # Each round's two runs are neighbours, and what else the machine did hit both.
        ratios = [one.rate / other.rate for one, other in zip(ours, found, strict=True)]
        rate, cpu_us = median(one.rate for one in found), median(one.cpu_us for one in found)
        spread = f"{median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
        sys.stdout.write(f"| {name} | {rate:,.0f} | {spread} | {cpu_us:.0f} |\n")
