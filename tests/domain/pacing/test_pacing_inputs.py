"""What owners set and what is reported, read and validated."""

from typing import Any

import pytest

from app.domain.errors import BadInput
from app.domain.input.input_field import LEFT_OUT
from app.domain.input.read_input import read_input
from app.domain.pacing.hours import OpenRange
from app.domain.pacing.pacing_inputs import (
    ManualActions,
    NewOpenRange,
    PacingChange,
    ProviderLimit,
    clock_of,
    hours_of,
)
from app.domain.times import MS_PER_DAY, iso_from_ms

_NOW = 1_775_000_000_000
_ACCOUNT = {"linkedin_account_id": "acc_1"}


def refused(described_type: type[Any], sent: dict[str, Any]) -> dict[str, str]:
    with pytest.raises(BadInput) as error:
        read_input(described_type, sent, now=_NOW)
    return {one.name: one.message for one in error.value.details}


def test_a_range_is_wall_time_up_to_midnight() -> None:
    sent = {"weekday": "sunday", "opens": "00:00", "closes": "24:00"}
    assert read_input(NewOpenRange, sent).range == OpenRange(6, 0, 1_440)
    assert [clock_of(minute) for minute in (0, 545, 1_440)] == ["00:00", "09:05", "24:00"]


@pytest.mark.parametrize("clock", ["9:00", "24:01", "25:00", "09:60", "24:00", "x"])
def test_a_range_opens_at_a_time_that_exists(clock: str) -> None:
    assert "opens" in refused(
        NewOpenRange, {"weekday": "monday", "opens": clock, "closes": "24:00"}
    )


def test_null_and_left_out_differ_where_null_clears() -> None:
    change = read_input(PacingChange, {**_ACCOUNT, "per_day": None, "hours": None})
    assert (change.per_day, change.hours) == (None, None)
    assert (change.ramp_days, change.time_zone) == (LEFT_OUT, LEFT_OUT)
    assert change.is_on is None


def test_every_bad_field_is_named_by_its_path() -> None:
    sent = {
        **_ACCOUNT,
        "limits": [{"action_type": "connect"}, {"action_type": "dance", "per_day": -1}],
        "hours": [{"weekday": "monday", "opens": "09:00", "closes": "09:00"}, 1],
    }
    found = refused(PacingChange, sent)
    assert set(found) == {"limits.1.action_type", "limits.1.per_day", "hours.0.closes", "hours.1"}


def test_hours_without_a_range_are_none_and_without_a_zone_in_utc() -> None:
    assert hours_of("Europe/Berlin", ()) is None
    hours = hours_of(None, (OpenRange(0, 0, 60),))
    assert hours is not None
    assert hours.zone.key == "UTC"


def test_manual_actions_lie_within_the_last_seven_days() -> None:
    action = {"action_type": "follow", "profile_url": "https://linkedin.com/in/jane"}
    sent = {**_ACCOUNT, "actions": [{**action, "at": iso_from_ms(_NOW - 7 * MS_PER_DAY)}]}
    assert read_input(ManualActions, sent, now=_NOW).actions[0].at == _NOW - 7 * MS_PER_DAY
    late = {**_ACCOUNT, "actions": [{**action, "at": iso_from_ms(_NOW - 7 * MS_PER_DAY - 1)}]}
    assert set(refused(ManualActions, late)) == {"actions.0.at"}


def test_a_stop_may_name_its_end_ahead() -> None:
    limit = read_input(ProviderLimit, {"code": "too_many"}, now=_NOW)
    assert (limit.whole_account, limit.until) == (False, None)
    assert "until" in refused(ProviderLimit, {"code": "too_many", "until": iso_from_ms(_NOW)})
