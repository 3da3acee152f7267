"""Wall-clock hours in a time zone, across both changes of the clock."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from app.domain.pacing.hours import OpeningHours, OpenRange

_BERLIN = ZoneInfo("Europe/Berlin")
_MONDAY, _SUNDAY = 0, 6


def _at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1_000)


def _hours(*ranges: tuple[int, int, int], zone: ZoneInfo = _BERLIN) -> OpeningHours:
    return OpeningHours(zone, tuple(OpenRange(*one) for one in ranges))


def _nine_to_six(weekday: int) -> tuple[int, int, int]:
    return (weekday, 9 * 60, 18 * 60)


def test_without_ranges_an_account_is_always_open() -> None:
    hours = _hours()
    assert hours.is_open(0)
    assert hours.next_open(12_345) == 12_345


def test_a_range_holds_its_first_minute_and_not_its_last() -> None:
    hours = _hours(_nine_to_six(_MONDAY))
    # 30 November 2026 is a Monday; Berlin is one hour ahead of UTC in winter.
    assert not hours.is_open(_at("2026-11-30T07:59:59"))
    assert hours.is_open(_at("2026-11-30T08:00:00"))
    assert hours.is_open(_at("2026-11-30T16:59:59"))
    assert not hours.is_open(_at("2026-11-30T17:00:00"))


def test_the_next_opening_may_be_a_week_away() -> None:
    hours = _hours(_nine_to_six(_MONDAY))
    assert hours.next_open(_at("2026-11-30T17:00:00")) == _at("2026-12-07T08:00:00")


def test_a_range_that_closes_at_midnight_and_one_that_opens_then_are_one_night() -> None:
    hours = _hours((_SUNDAY, 22 * 60, 24 * 60), (_MONDAY, 0, 2 * 60))
    assert hours.is_open(_at("2026-11-29T22:59:59"))
    assert hours.is_open(_at("2026-11-29T23:00:00"))
    assert not hours.is_open(_at("2026-11-30T01:00:00"))


def test_an_opening_in_the_hour_that_is_skipped_comes_with_the_next_time_that_exists() -> None:
    # On 28 March 2027 the clocks of Berlin go from 02:00 to 03:00, at 01:00 UTC.
    hours = _hours((_SUNDAY, 2 * 60 + 30, 4 * 60))
    assert hours.next_open(_at("2027-03-28T00:00:00")) == _at("2027-03-28T01:00:00")


def test_a_range_wholly_within_the_skipped_hour_opens_a_week_later() -> None:
    hours = _hours((_SUNDAY, 2 * 60 + 15, 2 * 60 + 45))
    assert hours.next_open(_at("2027-03-28T00:00:00")) == _at("2027-04-04T00:15:00")


def test_in_the_hour_that_comes_twice_an_account_is_open_both_times() -> None:
    # On 25 October 2026 the clocks of Berlin go from 03:00 back to 02:00, at 01:00 UTC.
    hours = _hours((_SUNDAY, 2 * 60 + 30, 2 * 60 + 45))
    assert hours.next_open(_at("2026-10-25T00:00:00")) == _at("2026-10-25T00:30:00")
    assert hours.next_open(_at("2026-10-25T00:45:00")) == _at("2026-10-25T01:30:00")


def test_hours_keep_their_wall_time_when_the_clock_changes() -> None:
    hours = _hours(_nine_to_six(_MONDAY))
    assert hours.next_open(_at("2027-03-22T00:00:00")) == _at("2027-03-22T08:00:00")
    assert hours.next_open(_at("2027-03-29T00:00:00")) == _at("2027-03-29T07:00:00")


@pytest.mark.parametrize(
    "zone", ["UTC", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"]
)
def test_what_opens_next_is_open_then_and_was_closed_just_before(zone: str) -> None:
    hours = _hours(*(_nine_to_six(day) for day in range(7)), zone=ZoneInfo(zone))
    at = _at("2026-01-01T00:00:00")
    for _ in range(400):
        opens_at = hours.next_open(at)
        assert hours.is_open(opens_at)
        assert opens_at == at or not hours.is_open(opens_at - 1)
        at = opens_at + 11 * 3_600_000
