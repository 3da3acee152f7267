"""A room on each kind of database."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.settings import load_settings
from app.wiring import open_services
from tests.actions.room import Room, open_room


@pytest.fixture
async def room(database_url: str, redis_url: str, tmp_path: Path) -> AsyncIterator[Room]:
    """A workspace with an owner, a key, an agent and one LinkedIn account."""
    settings = load_settings(
        {
            "ZENMODE_DATABASE_URL": database_url,
            "ZENMODE_REDIS_URL": redis_url,
            "ZENMODE_SECRET_KEY": "k" * 32,
            "ZENMODE_PACING": "off",
        },
        env_file=None,
        data_dir=tmp_path,
    )
    async with open_services(settings) as services:
        yield await open_room(services)
