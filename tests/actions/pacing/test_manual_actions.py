"""What a person did by hand counts, once."""

import pytest

from app.domain.errors import BadInput
from app.domain.times import MS_PER_DAY, iso_from_ms
from tests.actions.calls import complete_task, report_manual_actions
from tests.actions.pacing.conftest import allow
from tests.actions.pacing.test_starts import states
from tests.actions.room import PROFILE, Room


def by_hand(room: Room, *, days_ago: float = 0, profile: str = PROFILE) -> dict[str, object]:
    """An invitation that was sent by hand."""
    at = iso_from_ms(room.clock() - round(days_ago * MS_PER_DAY))
    return {"action_type": "connect", "profile_url": profile, "at": at}


async def report(room: Room, *actions: dict[str, object]) -> None:
    await report_manual_actions(room.services, room.agent, room.account_id, list(actions))


async def test_it_uses_up_the_limit_and_makes_no_gap(paced: Room) -> None:
    await allow(paced, "connect", limit=2, gap_seconds=600)
    await paced.create_task()
    await report(paced, by_hand(paced))
    assert len(await paced.claim()) == 1
    await report(paced, by_hand(paced, days_ago=1 / 24, profile=f"{PROFILE}-x"))
    await paced.services.database.change("UPDATE tasks SET status = 'cancelled'")
    await paced.create_task()
    assert await paced.claim() == []


async def test_the_same_action_person_and_minute_counts_once(paced: Room) -> None:
    action = by_hand(paced, days_ago=1)
    await report(paced, action, action)
    await report(paced, {**action, "profile_url": PROFILE.upper()})
    await report(paced, by_hand(paced, days_ago=2))
    assert await states(paced) == {"done": 2}


@pytest.mark.parametrize(("days_ago", "message"), [(-0.01, "ahead"), (7.01, "7 days")])
async def test_it_lies_within_the_last_week(paced: Room, days_ago: float, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        await report(paced, by_hand(paced, days_ago=days_ago))


async def test_one_to_a_hundred_are_reported_at_once(paced: Room) -> None:
    for number in (0, 101):
        with pytest.raises(BadInput, match="1 to 100"):
            await report(paced, *[by_hand(paced)] * number)


async def test_what_was_not_performed_does_not_count(paced: Room) -> None:
    await allow(paced, "connect", limit=1)
    for _ in range(2):
        _, lease = await paced.begun()
        await complete_task(paced.services, paced.agent, lease, None, performed=False)
    assert await states(paced) == {"not_done": 2}
