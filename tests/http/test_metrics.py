"""What machines read of a web process."""

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
