"""How long LinkedIn's own stops last."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from app.domain.pacing.locks import EarlierLock, LockEnd, ProviderLimitCode, lock_end
from app.domain.times import MS_PER_DAY, MS_PER_HOUR

_NOW = int(datetime(2026, 12, 10, 12, tzinfo=UTC).timestamp() * 1_000)


def _end(code: ProviderLimitCode, earlier: EarlierLock | None = None) -> LockEnd:
    return lock_end(code, _NOW, named_until=None, earlier=earlier)


def test_each_code_has_its_plain_duration() -> None:
    assert _end(ProviderLimitCode.WEEKLY_INVITATIONS).until == _NOW + 7 * MS_PER_DAY
    assert _end(ProviderLimitCode.TOO_MANY).until == _NOW + 24 * MS_PER_HOUR


def test_a_quota_of_notes_is_renewed_on_the_first_of_next_month_in_the_accounts_zone() -> None:
    first = datetime(2027, 1, 1, tzinfo=UTC).timestamp() * 1_000
    assert _end(ProviderLimitCode.NOTE_QUOTA).until == first
    there = lock_end(
        ProviderLimitCode.NOTE_QUOTA,
        _NOW,
        named_until=None,
        earlier=None,
        zone=ZoneInfo("Europe/Berlin"),
    )
    assert there.until == first - MS_PER_HOUR


def test_a_time_that_the_agent_names_stands() -> None:
    end = lock_end(
        ProviderLimitCode.TOO_MANY, _NOW, named_until=_NOW + 5, earlier=EarlierLock(_NOW, 1)
    )
    assert end.until == _NOW + 5


@pytest.mark.parametrize(("days_ago", "days"), [(0, 2), (7, 2), (8, 1)])
def test_a_second_lock_within_seven_days_of_the_first_ones_end_lasts_twice_as_long(
    days_ago: int, days: int
) -> None:
    earlier = EarlierLock(_NOW - days_ago * MS_PER_DAY, 1)
    assert _end(ProviderLimitCode.TOO_MANY, earlier).until == _NOW + days * MS_PER_DAY


def test_locks_that_go_on_coming_double_up_to_fourteen_days() -> None:
    assert _end(ProviderLimitCode.TOO_MANY, EarlierLock(_NOW, 2)).until == _NOW + 4 * MS_PER_DAY
    assert _end(ProviderLimitCode.TOO_MANY, EarlierLock(_NOW, 8)).until == _NOW + 14 * MS_PER_DAY
    weekly = _end(ProviderLimitCode.WEEKLY_INVITATIONS, EarlierLock(_NOW, 4))
    assert weekly.until == _NOW + 14 * MS_PER_DAY


def test_doubling_never_makes_a_lock_shorter_than_it_is_by_itself() -> None:
    end = _end(ProviderLimitCode.NOTE_QUOTA, EarlierLock(_NOW, 1))
    assert end.until == datetime(2027, 1, 1, tzinfo=UTC).timestamp() * 1_000
