"""How long a healthy webhook waits while another one hangs with a thousand deliveries due.

Web and worker as processes on PostgreSQL and Redis started here; the delay is from the event's own
timestamp to the moment in which the receiver has the request. Quiet and crowded take turns.
"""

import asyncio
import json
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from statistics import median, quantiles

from app.domain.webhooks.webhook import WebhookEvent
from app.models.engine.database import Database, Queries
from app.models.engine.migrate import migrate
from app.models.webhooks.delivery_queries import queue_delivery
from app.settings import load_settings
from tests.journeys.fleet import Fleet, running_fleet
from tests.servers.postgres import PostgresServer
from tests.servers.receiver import Receiver, hang
from tests.servers.redis import RedisServer
from tests.waiting import until

WAITING = 1_000
EVENTS = 150
_SEND = "mutation($id: Int!) { sendTestEvent(webhookId: $id) { delivery { id } } }"


def run() -> None:
    """Measure, and print a table."""
    postgres, redis, receiver = PostgresServer(), RedisServer(), Receiver()
    try:
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(_measure(postgres.create_database(), redis.url, receiver, Path(folder)))
    finally:
        receiver.close()
        redis.close()
        postgres.close()


async def _measure(url: str, redis_url: str, receiver: Receiver, folder: Path) -> None:
    environ = {"ZENMODE_DATABASE_URL": url, "ZENMODE_SECRET_KEY": "k" * 32}
    settings = load_settings(environ, env_file=None, data_dir=folder)
    await migrate(settings.database)
    receiver.answer("/hangs", hang())
    async with running_fleet(url, redis_url, receiver, folder) as fleet:
        healthy = (await fleet.register(receiver.url("/healthy")))["id"]
        hanging = (await fleet.register(receiver.url("/hangs")))["id"]
        await _delays(fleet, receiver, healthy)
        quiet = await _delays(fleet, receiver, healthy)
        database = await Database.open(settings.database)
        try:
            await _crowd(database, fleet.keys["workspace_id"], hanging)
        finally:
            await database.close()
        crowded = await _delays(fleet, receiver, healthy)
    _print(quiet, crowded)


async def _crowd(database: Database, workspace_id: str, webhook_id: int) -> None:
    async def unit(queries: Queries) -> None:
        for _ in range(WAITING):
            await queue_delivery(
                queries,
                workspace_id=workspace_id,
                webhook_id=webhook_id,
                event=WebhookEvent.TASK_COMPLETED,
                task_id=None,
                body="{}",
                now=1,
            )

    await database.transaction(unit)


async def _delays(fleet: Fleet, receiver: Receiver, webhook_id: int) -> list[float]:
    receiver.requests.clear()
    for _ in range(EVENTS):
        await fleet.graphql(_SEND, id=webhook_id)
    await until(lambda: len(receiver.received_at("/healthy")) >= EVENTS, 60)
    return [
        one.received_at - datetime.fromisoformat(json.loads(one.body)["timestamp"]).timestamp()
        for one in receiver.received_at("/healthy")
    ]


def _print(quiet: list[float], crowded: list[float]) -> None:
    sys.stdout.write("| | median ms | p99 ms |\n| --- | --- | --- |\n")
    for name, delays in (("quiet", quiet), (f"{WAITING:,} hang", crowded)):
        last = quantiles(delays, n=100)[98]
        sys.stdout.write(f"| {name} | {median(delays) * 1_000:.0f} | {last * 1_000:.0f} |\n")
    ratio = quantiles(crowded, n=100)[98] / quantiles(quiet, n=100)[98]
    sys.stdout.write(f"\np99, crowded to quiet: {ratio:.2f}\n")
