"""Subscribers over WebSocket see what happened while PostgreSQL and Redis were away."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import asyncpg
import orjson
import pytest

from app.gateways.redis.events import CHANNEL
from app.gateways.redis.redis_connection import connect_redis
from app.models.engine.migrate import migrate
from app.models.tasks.task_queries import find_task
from tests.http.socket_client import SocketClient, connected
from tests.rest.product import Product, running_product, settings_for
from tests.servers.postgres import PostgresServer
from tests.servers.redis import RedisServer
from tests.waiting import until

_TASK = "subscription($task: ID!) { task(id: $task) { id status linkedinAccount { id name } } }"
_TASKS = "subscription { taskUpdates { id status linkedinAccount { name } } }"
_DELIVERIES = "subscription { deliveryUpdates { id status webhook { id } } }"
_WORK = "subscription { tasksAvailable(linkedinAccountIds: []) { linkedinAccountIds } }"
_CANCEL = "UPDATE tasks SET status = 'cancelled', version = version + 1, updated_at = $1, "
_NEW_DELIVERY = """
INSERT INTO deliveries (id, workspace_id, webhook_id, event, body, status, attempt_count,
                        created_at, updated_at)
VALUES ('dlv_missed', $1, $2, 'task.completed', '{}', 'delivered', 1, $3, $3)
"""


class House:
    """The product, and the two servers below it."""

    def __init__(self, product: Product, postgres: PostgresServer, redis: RedisServer) -> None:
        self.product = product
        self.postgres = postgres
        self.redis = redis

    async def client(self, stack: AsyncExitStack, token: str) -> SocketClient:
        client = await stack.enter_async_context(connected(f"{self.product.url}/graphql"))
        await client.init(token)
        return client

    async def lose_postgres(self) -> None:
        await asyncio.to_thread(self.postgres.stop)

    async def lose_redis(self) -> None:
        await asyncio.to_thread(self.redis.stop)
        await until(lambda: not self.product.services.events.is_connected, 15)

    async def back(self) -> None:
        await asyncio.to_thread(self.redis.start)
        await until(lambda: self.product.services.events.is_connected, 15)


@pytest.fixture
async def database_address(fragile_postgres: PostgresServer) -> str:
    return await asyncio.to_thread(fragile_postgres.create_database)


@pytest.fixture
async def house(
    database_address: str,
    fragile_postgres: PostgresServer,
    fragile_redis: RedisServer,
    tmp_path: Path,
) -> AsyncIterator[House]:
    settings = settings_for(database_address, fragile_redis.url, tmp_path)
    await migrate(settings.database)
    async with running_product(settings) as product:
        await until(lambda: product.services.events.is_connected)
        yield House(product, fragile_postgres, fragile_redis)


async def _next(client: SocketClient, within_seconds: float = 30) -> dict[str, Any]:
    message = await client.receive(within_seconds)
    assert message["type"] == "next", message
    assert "errors" not in message["payload"], message
    data: dict[str, Any] = message["payload"]["data"]
    return data


@pytest.mark.timeout(120)
async def test_every_live_view_outlasts_an_outage_of_both_and_tells_what_happened_in_it(
    house: House, database_address: str
) -> None:
    product = house.product
    first, second = await product.create_task(), await product.create_task()
    order = {"url": "https://example.com/", "events": ["task.completed"]}
    webhook = (await product.ask("POST", "/webhooks", json=order)).json()["webhook"]
    async with AsyncExitStack() as stack:
        clients = [await house.client(stack, product.owner.api_key) for _ in range(3)]
        work = await house.client(stack, product.owner.agent_token)
        one, every, deliveries = clients
        await one.subscribe("1", _TASK, task=first["id"])
        await every.subscribe("1", _TASKS)
        await deliveries.subscribe("1", _DELIVERIES)
        await work.subscribe("1", _WORK)
        assert (await _next(one))["task"]["status"] == "PENDING"
        await _next(work)
        await until(lambda: product.services.events.listener_count == 4)

        await house.lose_postgres()
        await house.lose_redis()
        await asyncio.to_thread(house.redis.start)
        # Everybody looks now, in vain; a look that failed is no end.
        await until(lambda: product.services.events.is_connected, 15)
        await house.lose_redis()
        await asyncio.to_thread(house.postgres.start)
        connection = await asyncpg.connect(database_address)
        now = product.services.now()
        await connection.execute(f"{_CANCEL} completed_at = $1 WHERE id = $2", now, first["id"])
        await connection.execute(_NEW_DELIVERY, product.owner.workspace_id, webhook["id"], now)
        await connection.close()
        await house.back()

        assert (await _next(one))["task"]["status"] == "CANCELLED"
        assert (await one.receive())["type"] == "complete"
        update = (await _next(every))["taskUpdates"]
        assert (update["id"], update["status"]) == (first["id"], "CANCELLED")
        assert (await _next(deliveries))["deliveryUpdates"]["id"] == "dlv_missed"
        assert await _next(work)
        # And they are as lively as before.
        await product.graphql(
            "mutation($id: ID!) { cancelTask(id: $id) { task { id } } }", id=second["id"]
        )
        assert (await _next(every))["taskUpdates"]["id"] == second["id"]


@pytest.mark.timeout(120)
async def test_a_change_whose_relations_cannot_be_read_is_sent_once_they_can(
    house: House,
) -> None:
    product = house.product
    task = await product.create_task()
    row = await find_task(product.services.database, product.owner.workspace_id, task["id"])
    assert row is not None
    cancelled = row._replace(status="cancelled", version=row.version + 1).snapshot()
    event = {"kind": "task", "workspace_id": row.workspace_id, "task": cancelled}
    async with AsyncExitStack() as stack:
        one = await house.client(stack, product.owner.api_key)
        await one.subscribe("1", _TASK, task=task["id"])
        assert (await _next(one))["task"]["status"] == "PENDING"

        await house.lose_postgres()
        async with connect_redis(product.services.settings.redis) as redis:
            await redis.publish(CHANNEL, orjson.dumps([event]))
        # The change has come; half a second later the relation is asked for in vain again.
        await until(lambda: product.services.events.is_connected)
        await one.send({"type": "ping"})
        assert await one.receive() == {"type": "pong"}
        await asyncio.to_thread(house.postgres.start)

        update = (await _next(one))["task"]
        assert update["status"] == "CANCELLED"
        assert update["linkedinAccount"]["id"] == row.linkedin_account_id
