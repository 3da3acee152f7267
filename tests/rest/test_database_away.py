"""What is answered while the database is out of reach."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.models.migrate import migrate
from tests.rest.product import Product, running_product, settings_for
from tests.servers.postgres import PostgresServer

FOLLOW = {"action_type": "follow", "payload": {"profile_url": "https://linkedin.com/in/x"}}
WEBHOOK = {"url": "https://x.example/", "events": ["task.failed"]}


@pytest.fixture
async def forsaken_product(
    fragile_postgres: PostgresServer, redis_url: str, tmp_path: Path
) -> AsyncIterator[Product]:
    """The whole web process, whose database has just gone; its key was seen before."""
    url = await asyncio.to_thread(fragile_postgres.create_database)
    settings = settings_for(url, redis_url, tmp_path)
    await migrate(settings.database)
    async with running_product(settings) as running:
        await running.ask("GET", "/tasks")
        await asyncio.to_thread(fragile_postgres.stop)
        yield running


async def test_every_route_says_503_and_when_to_come_back(forsaken_product: Product) -> None:
    requests = (
        ("GET", "/tasks", None),
        ("GET", "/tasks/task_x", None),
        ("DELETE", "/tasks/task_x", None),
        ("POST", "/tasks", FOLLOW),
        ("GET", "/webhooks", None),
        ("POST", "/webhooks", WEBHOOK),
        ("DELETE", "/webhooks/1", None),
        ("GET", "/linkedin-accounts", None),
    )
    for method, path, body in requests:
        answer = await forsaken_product.ask(method, path, json=body)

        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable"), (method, path)
        assert answer.headers["retry-after"] == "5"


@pytest.mark.parametrize(
    "query", ["{ viewer { workspace { id } } }", "{ webhooks { id } }", "{ webhook(id: 1) { id } }"]
)
async def test_graphql_says_unavailable(forsaken_product: Product, query: str) -> None:
    answer = await forsaken_product.graphql(query)

    assert answer["errors"][0]["extensions"]["code"] == "UNAVAILABLE"
