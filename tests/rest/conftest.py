"""The product on each kind of database."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.rest.product import Product, running_product, settings_for


@pytest.fixture
async def product(database_url: str, redis_url: str, tmp_path: Path) -> AsyncIterator[Product]:
    """The whole web process, with limits out of the way."""
    settings = settings_for(database_url, redis_url, tmp_path, RATE_LIMIT_PER_MINUTE="100000")
    async with running_product(settings) as running:
        yield running


@pytest.fixture
async def sqlite_product(sqlite_url: str, redis_url: str, tmp_path: Path) -> AsyncIterator[Product]:
    """The whole web process on SQLite, for what no database can change."""
    settings = settings_for(sqlite_url, redis_url, tmp_path, RATE_LIMIT_PER_MINUTE="100000")
    async with running_product(settings) as running:
        yield running


@pytest.fixture
async def limited_product(
    database_url: str, redis_url: str, tmp_path: Path
) -> AsyncIterator[Product]:
    """The whole web process with its limits as they are by default."""
    async with running_product(settings_for(database_url, redis_url, tmp_path)) as running:
        yield running
