"""A workspace whose account is paced."""

from dataclasses import replace

import pytest

from tests.actions.calls import update_pacing
from tests.actions.room import Room


@pytest.fixture
async def paced(room: Room) -> Room:
    """The room with pacing on, and no ramp."""
    settings = replace(room.services.settings, pacing="on")
    room = replace(room, services=replace(room.services, settings=settings))
    await set_pacing(room, ramp_days=0)
    return room


async def set_pacing(room: Room, **change: object) -> None:
    """Changes what the account may do."""
    await update_pacing(room.services, room.person, room.account_id, change)


async def allow(room: Room, action: str, *, limit: int, gap_seconds: int = 0) -> None:
    """Sets the day's and the week's limit of a kind of action, and its gap."""
    kind = {
        "action_type": action,
        "per_day": limit,
        "per_week": limit,
        "gap_min_seconds": gap_seconds,
        "gap_max_seconds": gap_seconds,
    }
    await set_pacing(room, limits=[kind])
