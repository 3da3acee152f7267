"""A forecast is what would happen, and nothing of it is written."""

from typing import Any

import pytest

from app.actions.pacing.forecast_tasks import Forecast, forecast_tasks
from app.domain.errors import BadInput
from app.domain.input.read_input import read_input
from app.domain.tasks.new_task import NewTask
from app.domain.times import iso_from_ms
from tests.actions.pacing.conftest import allow, set_pacing
from tests.actions.room import PROFILE, Room

_CONNECT = {"action_type": "connect", "payload": {"profile_url": PROFILE}}


async def forecast(room: Room, *sent: dict[str, Any]) -> Forecast:
    """The forecast of tasks, as the APIs ask for it."""
    read: list[NewTask | BadInput] = []
    for one in sent:
        try:
            read.append(read_input(NewTask, one, now=room.clock()))
        except BadInput as refusal:
            read.append(refusal)
    return await forecast_tasks(room.services, room.key, read)


async def test_the_first_goes_at_once_and_the_others_follow_by_gaps_and_limits(
    paced: Room,
) -> None:
    await allow(paced, "connect", limit=2, gap_seconds=600)
    found = await forecast(paced, *[_CONNECT] * 3)
    starts = [at - paced.clock() for at in found.starts if at is not None]
    assert abs(starts[0]) < 5_000
    assert round(starts[1] - starts[0]) == 600_000
    assert starts[2] - starts[0] == 7 * 86_400_000
    assert found.finishes_at == found.starts[2]
    assert sum(day.count for day in found.days) == 3
    assert found.problems == []


async def test_it_comes_after_what_waits_and_writes_nothing(paced: Room) -> None:
    await allow(paced, "connect", limit=100, gap_seconds=60)
    for _ in range(3):
        await paced.create_task()
    before = await paced.services.database.rows("SELECT id, version FROM tasks ORDER BY seq")
    found = await forecast(paced, _CONNECT)
    (start,) = found.starts
    assert start is not None
    assert round((start - paced.clock()) / 1_000) in (179, 180)
    after = await paced.services.database.rows("SELECT id, version FROM tasks ORDER BY seq")
    assert [tuple(row) for row in before] == [tuple(row) for row in after]


async def test_what_creating_would_refuse_is_a_problem_of_its_place(paced: Room) -> None:
    missing: dict[str, Any] = {"action_type": "message", "payload": {"profile_url": PROFILE}}
    stranger = {**_CONNECT, "linkedin_account_id": "acc_of_nobody"}
    found = await forecast(paced, _CONNECT, missing, stranger)
    assert [(one.index, one.error.name) for one in found.problems] == [
        (1, "payload.message"),
        (2, "linkedin_account_id"),
    ]
    assert found.starts[0] is not None
    assert found.starts[1:] == [None, None]
    assert found.finishes_at is None


async def test_the_days_limit_of_tasks_is_a_problem_too(paced: Room) -> None:
    await paced.services.database.change(
        "INSERT INTO daily_counts (linkedin_account_id, workspace_id, day, created, completed, "
        "failed, cancelled) VALUES ($1, $2, $3, 499, 0, 0, 0)",
        paced.account_id,
        paced.workspace_id,
        iso_from_ms(paced.clock())[:10],
    )
    found = await forecast(paced, _CONNECT, _CONNECT)
    assert [one.index for one in found.problems] == [1]


async def test_a_paused_account_has_no_forecast_until_its_end_is_known(paced: Room) -> None:
    await paced.services.database.change("UPDATE linkedin_accounts SET status = 'paused'")
    assert (await forecast(paced, _CONNECT)).starts == [None]
    until = paced.clock() + 3_600_000
    await paced.services.database.change("UPDATE linkedin_accounts SET paused_until = $1", until)
    assert (await forecast(paced, _CONNECT)).starts == [until]


async def test_days_are_those_of_the_accounts_zone(paced: Room) -> None:
    await set_pacing(paced, time_zone="Pacific/Kiritimati")
    ahead = iso_from_ms(paced.clock() // 86_400_000 * 86_400_000 + 86_400_000 + 11 * 3_600_000)
    found = await forecast(paced, {**_CONNECT, "scheduled_at": ahead})
    assert [day.date for day in found.days] > [ahead[:10]]


@pytest.mark.parametrize("number", [0, 101])
async def test_it_is_of_one_to_a_hundred_tasks(paced: Room, number: int) -> None:
    with pytest.raises(BadInput, match="1 to 100"):
        await forecast(paced, *[_CONNECT] * number)
