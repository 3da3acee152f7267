"""A fleet on each kind of database."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.journeys.fleet import Fleet, running_fleet
from tests.servers.receiver import Receiver


@pytest.fixture
async def fleet(
    database_url: str, redis_url: str, receiver: Receiver, tmp_path: Path
) -> AsyncIterator[Fleet]:
    """Web and worker processes, and one workspace."""
    async with running_fleet(database_url, redis_url, receiver, tmp_path) as running:
        yield running
