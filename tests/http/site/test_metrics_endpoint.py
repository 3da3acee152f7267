"""What machines read of a web process."""

import asyncio
import shutil
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.rest.product import Product, running_product, settings_for
from tests.servers.redis import RedisServer
from tests.waiting import until


@pytest.fixture
async def product(
    sqlite_url: str, fragile_redis: RedisServer, tmp_path: Path
) -> AsyncIterator[Product]:
    """The whole web process on a Redis that can go away."""
    async with running_product(settings_for(sqlite_url, fragile_redis.url, tmp_path)) as running:
        yield running


def value_of(text: str, name: str) -> float:
    (line,) = [one for one in text.splitlines() if one.startswith(f"{name} ")]
    return float(line.rpartition(" ")[2])


async def metrics(product: Product) -> str:
    return (await product.client.get(f"{product.url}/metrics")).text


async def test_requests_let_through_without_redis_are_counted(
    product: Product, fragile_redis: RedisServer
) -> None:
    uncounted = 'zenmode_redis_failures_total{use="rate_limit"}'
    assert value_of(await metrics(product), uncounted) == 0
    fragile_redis.stop()

    answer = await product.ask("GET", "/tasks")

    assert answer.status_code == 200
    assert "ratelimit" not in answer.headers
    assert value_of(await metrics(product), uncounted) >= 1

    async def is_told() -> bool:
        return value_of(await metrics(product), "zenmode_redis_connected") == 0

    await until(is_told)
    assert (await product.client.get(f"{product.url}/readyz")).status_code == 200


async def test_requests_operations_and_tasks_are_counted_by_names_that_are_ours(
    product: Product,
) -> None:
    task = await product.create_task()
    for path in (f"/tasks/{task['id']}", "/tasks/nobody", "/nothing/here", "/nor/here"):
        await product.ask("GET", path)
    await product.ask("DELETE", f"/tasks/{task['id']}")
    await product.graphql("query Mine { tasks(first: 1) { nodes { id } } }")

    text = await metrics(product)

    def count(method: str, route: str, status: int) -> float:
        labels = f'method="{method}",route="{route}",status="{status}"'
        return value_of(text, f"zenmode_request_seconds_count{{{labels}}}")

    assert count("POST", "/api/v1/tasks", 201) == 1
    assert count("GET", "/api/v1/tasks/{id}", 200) == 1
    assert count("GET", "/api/v1/tasks/{id}", 404) == 1
    assert count("GET", "other", 404) == 2
    assert count("POST", "/graphql", 200) == 1
    operation = 'zenmode_graphql_operations_total{kind="query",operation="Mine"}'
    assert value_of(text, operation) == 1
    assert value_of(text, 'zenmode_task_moves_total{to="created"}') == 1
    assert value_of(text, 'zenmode_task_moves_total{to="cancelled"}') == 1
    assert task["id"] not in text


async def test_prometheus_takes_what_is_written(product: Product) -> None:
    promtool = shutil.which("promtool")
    if promtool is None:
        pytest.skip("/metrics WAS NOT CHECKED by promtool: install prometheus (see .ci/run)")
    await product.create_task()
    text = await metrics(product)
    done = await asyncio.to_thread(
        subprocess.run,
        [promtool, "check", "metrics"],
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [line for line in done.stderr.splitlines() if "zenmode" in line]
    assert ours == []
