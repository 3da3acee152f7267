"""What an owner sets holds at once; what is left out stays."""

import pytest

from app.actions.pacing.read_pacing import account_states
from app.domain.errors import BadInput, Conflict, Forbidden, NotFound
from app.domain.pacing.account_state import AccountState
from app.domain.pacing.limits import DEFAULT_PACES
from app.domain.tasks.task import ActionType
from tests.actions.calls import complete_task, connect_linkedin_account, update_pacing
from tests.actions.pacing.conftest import set_pacing
from tests.actions.room import Room

_NINE_TO_FIVE = [{"weekday": "monday", "opens": "09:00", "closes": "17:00"}]


async def state_of(room: Room) -> AccountState:
    """The account as the rules see it."""
    states = await account_states(room.services, room.key, [room.account_id])
    return states[room.account_id]


async def test_a_new_account_is_paced_by_the_defaults_and_begins_with_a_fifth(
    paced: Room,
) -> None:
    await set_pacing(paced, ramp_days=None)
    settings = (await state_of(paced)).settings
    assert settings.is_on
    assert settings.paces == DEFAULT_PACES
    assert settings.ramp.limit_at(18, paced.clock()) == 4


async def test_what_is_left_out_stays_and_null_is_the_default_again(paced: Room) -> None:
    kind = {"action_type": "connect", "per_day": 5, "gap_min_seconds": 0, "gap_max_seconds": 1}
    await set_pacing(
        paced, hours=_NINE_TO_FIVE, time_zone="Europe/Berlin", per_day=50, limits=[kind]
    )
    await set_pacing(paced, limits=[{"action_type": "connect", "per_week": 9}])
    settings = (await state_of(paced)).settings
    pace = settings.paces[ActionType.CONNECT]
    assert (pace.per_day, pace.per_week, pace.gap_max_seconds) == (5, 9, 1)
    assert settings.time_zone == "Europe/Berlin"
    assert settings.hours is not None
    assert settings.total_per_day == 50

    back = {"action_type": "connect", "per_day": None, "gap_min_seconds": None}
    await set_pacing(
        paced, hours=[], time_zone=None, per_day=None, limits=[back | {"gap_max_seconds": None}]
    )
    settings = (await state_of(paced)).settings
    assert settings.hours is None
    assert settings.time_zone is None
    assert settings.total_per_day == 120
    assert settings.paces[ActionType.CONNECT].per_day == 18


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"per_day": 501}, "per_day", "between 0 and 500"),
        ({"ramp_days": 91}, "ramp_days", "between 0 and 90"),
        ({"time_zone": "Mars/Olympus"}, "time_zone", "IANA"),
        (
            {"hours": [{"weekday": "monday", "opens": "17:00", "closes": "09:00"}]},
            "hours.0.closes",
            "two",
        ),
        (
            {"hours": [{"weekday": "monday", "opens": "24:00", "closes": "24:00"}]},
            "hours.0.opens",
            "09:00",
        ),
        ({"limits": [{"action_type": "connect", "per_week": 2_501}]}, "limits.0.per_week", "2500"),
        (
            {"limits": [{"action_type": "follow"}, {"action_type": "follow"}]},
            "limits.1.action_type",
            "repeated",
        ),
        (
            {"limits": [{"action_type": "connect", "gap_max_seconds": 1}]},
            "limits.0.gap_max_seconds",
            "set both",
        ),
    ],
)
async def test_bad_settings_are_refused_by_name(
    paced: Room, change: dict[str, object], field: str, message: str
) -> None:
    with pytest.raises(BadInput) as refused:
        await set_pacing(paced, **change)
    (detail,) = refused.value.details
    assert detail.name == field
    assert message in detail.message


async def test_only_people_of_the_workspace_set_it(paced: Room) -> None:
    for caller in (paced.key, paced.agent):
        with pytest.raises(Forbidden):
            await update_pacing(paced.services, caller, paced.account_id, {"is_on": False})
    with pytest.raises(NotFound):
        await update_pacing(paced.services, paced.person, "acc_of_nobody", {"is_on": False})


async def test_a_disconnected_account_has_to_be_connected_first(paced: Room) -> None:
    await paced.services.database.change("UPDATE linkedin_accounts SET status = 'disconnected'")
    with pytest.raises(Conflict):
        await set_pacing(paced, is_on=False)


async def test_a_gap_set_to_zero_lets_the_next_go_at_once(paced: Room) -> None:
    _, lease = await paced.begun()
    await complete_task(paced.services, paced.agent, lease, None)
    await paced.create_task()
    assert await paced.claim() == []
    kind = {"action_type": "connect", "gap_min_seconds": 0, "gap_max_seconds": 0}
    await set_pacing(paced, limits=[kind])
    assert len(await paced.claim()) == 1


async def test_an_account_that_is_connected_again_keeps_its_settings(paced: Room) -> None:
    await set_pacing(paced, per_day=7)
    account = (await state_of(paced)).id
    row = await paced.services.database.row(
        "SELECT profile_url FROM linkedin_accounts WHERE id = $1", account
    )
    assert row is not None
    again = await connect_linkedin_account(
        paced.services, paced.person, {"name": "Again", "profile_url": row["profile_url"]}
    )
    assert again.id == account
    assert (await state_of(paced)).settings.total_per_day == 7


async def test_switched_off_it_hands_out_as_before(paced: Room) -> None:
    for _ in range(3):
        await paced.create_task()
    assert len(await paced.claim(limit=50)) == 1
    await set_pacing(paced, is_on=False)
    assert len(await paced.claim(limit=50)) == 2
