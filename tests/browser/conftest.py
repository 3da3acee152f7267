"""The product with its web server, worker and a receiver, for a browser to visit."""

from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest

from tests.browser.chromium import Visitor, chromium_path, visiting
from tests.journeys.fleet import Fleet, running_fleet
from tests.servers.receiver import Receiver


@pytest.fixture
def fleet_settings() -> Mapping[str, str]:
    """What a module's fleet has otherwise than all others; names without ZENMODE_."""
    return {}


@pytest.fixture
async def fleet(
    sqlite_url: str,
    redis_url: str,
    receiver: Receiver,
    tmp_path: Path,
    fleet_settings: Mapping[str, str],
) -> AsyncIterator[Fleet]:
    chromium_path()
    async with running_fleet(
        sqlite_url, redis_url, receiver, tmp_path, **fleet_settings
    ) as running:
        yield running


@pytest.fixture
async def visitor(fleet: Fleet) -> AsyncIterator[Visitor]:
    async with visiting(fleet.url) as somebody:
        yield somebody
