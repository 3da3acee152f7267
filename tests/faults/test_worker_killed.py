"""Workers die at any instruction, Redis forgets and restarts: every delivery arrives all the same.

ZENMODE_TEST_FAULTS=long injects as many faults as a release wants to have seen; the short form is
for every run.
"""

import asyncio
import os
import random
import signal
import sys
from collections import Counter
from pathlib import Path

import pytest

from app.domain.webhooks.webhook import WebhookEvent
from app.models.engine.database import Database, Queries
from app.models.webhooks.delivery_queries import queue_delivery
from app.settings import load_settings
from tests.journeys.fleet import Fleet, running_fleet
from tests.servers.receiver import Receiver, reply
from tests.servers.redis import RedisServer
from tests.waiting import until

IS_LONG = os.environ.get("ZENMODE_TEST_FAULTS") == "long"
DELIVERIES, KILLS, FLUSHES, RESTARTS = (2_000, 50, 10, 5) if IS_LONG else (300, 5, 2, 1)
WEBHOOKS = 10
ANSWER_SECONDS = 0.2


async def queue(database: Database, workspace_id: str, webhook_ids: list[int]) -> None:
    """Deliveries as finished tasks would leave them."""

    async def unit(queries: Queries) -> None:
        for number in range(DELIVERIES):
            await queue_delivery(
                queries,
                workspace_id=workspace_id,
                webhook_id=webhook_ids[number % len(webhook_ids)],
                event=WebhookEvent.TASK_COMPLETED,
                task_id=None,
                body=f'{{"number":{number}}}',
                now=1,
            )

    await database.transaction(unit)


async def kill_workers(fleet: Fleet, redis: RedisServer) -> None:
    """Kill -9 again and again, at moments that nobody chose; trouble Redis in between."""
    trouble = [redis.flush] * FLUSHES + [redis.restart] * RESTARTS
    random.shuffle(trouble)
    for number in range(KILLS):
        worker = fleet.processes["worker"]
        await asyncio.sleep(random.uniform(0.1, 2.5))  # the fault's moment, not a wait
        worker.stop(signal.SIGKILL)
        if trouble and number % max(1, KILLS // len(trouble)) == 0:
            await asyncio.to_thread(trouble.pop())
        fleet.start_worker()
    for one in trouble:
        await asyncio.to_thread(one)


@pytest.mark.timeout(600)
async def test_every_delivery_arrives_whatever_dies(
    database_url: str, fragile_redis: RedisServer, receiver: Receiver, tmp_path: Path
) -> None:
    async with running_fleet(
        database_url, fragile_redis.url, receiver, tmp_path, WEBHOOK_RETRY_SECONDS="1,1,1,1,1,1,1"
    ) as fleet:
        hooks = []
        for number in range(WEBHOOKS):
            receiver.answer(f"/{number}", reply(204, after_seconds=ANSWER_SECONDS))
            hooks.append((await fleet.register(receiver.url(f"/{number}")))["id"])
        database = await Database.open(load_settings(dict(fleet.settings), env_file=None).database)
        try:
            await queue(database, fleet.keys["workspace_id"], hooks)
            await kill_workers(fleet, fragile_redis)

            async def nothing_is_pending() -> bool:
                row = await database.row("SELECT 1 FROM deliveries WHERE status = 'pending'")
                return row is None

            await until(nothing_is_pending, 240)
            rows = await database.rows("SELECT id, status FROM deliveries")
        finally:
            await database.close()

    received = Counter(one.headers["webhook-id"] for one in receiver.requests)
    assert {row["id"] for row in rows} == set(received)
    assert {row["status"] for row in rows} == {"delivered"}
    repeats = sum(received.values()) - len(received)
    sys.stdout.write(f"{KILLS} kills, {len(received)} deliveries, {repeats} repeats\n")
