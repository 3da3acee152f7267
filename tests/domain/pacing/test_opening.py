"""When the next action of a kind may begin."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from app.domain.pacing.hours import OpeningHours, OpenRange
from app.domain.pacing.limits import DEFAULT_PACES, ActionPace, Ramp
from app.domain.pacing.opening import (
    AccountHistory,
    Hold,
    HoldCode,
    LastStart,
    Lock,
    Opening,
    PacingSettings,
    opening_of,
)
from app.domain.tasks.task import ActionType
from app.domain.times import MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE, MS_PER_SECOND

_NOW = 1_800_000_000_000
_CONNECT, _FOLLOW = ActionType.CONNECT, ActionType.FOLLOW
_NO_RAMP = Ramp(0, 0)
_PACED = PacingSettings(is_on=True, ramp=_NO_RAMP)
_UNPACED = PacingSettings(is_on=False, ramp=_NO_RAMP)


def _history(*ages: int, locks: tuple[Lock, ...] = ()) -> AccountHistory:
    return AccountHistory.of({_CONNECT: [_NOW - age for age in ages]}, locks=locks)


def _started(action: ActionType, ago: int, fraction: float = 0.0) -> AccountHistory:
    start = LastStart(_NOW - ago, fraction)
    return AccountHistory.of({action: [start.at]}, {action: start})


def test_the_first_of_all_may_begin_at_once() -> None:
    assert opening_of(_CONNECT, _PACED, _history(), _NOW) == Opening(_NOW)


def test_an_unpaced_account_is_held_back_by_nothing_but_a_lock() -> None:
    full = _history(*range(1, 600), locks=(Lock(_FOLLOW, _NOW + 5),))
    assert opening_of(_CONNECT, _UNPACED, full, _NOW) == Opening(_NOW)
    assert opening_of(_FOLLOW, _UNPACED, full, _NOW) == Opening(
        _NOW + 5, (Hold(HoldCode.PROVIDER_LIMIT, _NOW + 5),)
    )


def test_a_used_up_day_opens_when_its_oldest_action_leaves_the_window() -> None:
    ages = [20 * MS_PER_HOUR - number * MS_PER_HOUR for number in range(18)]
    opening = opening_of(_CONNECT, _PACED, _history(*ages), _NOW)
    assert opening == Opening(
        _NOW + 4 * MS_PER_HOUR, (Hold(HoldCode.DAY_LIMIT, _NOW + 4 * MS_PER_HOUR),)
    )


def test_an_action_leaves_the_window_exactly_24_hours_after_it_began() -> None:
    at_the_edge = _history(*[MS_PER_DAY] * 18)
    assert opening_of(_CONNECT, _PACED, at_the_edge, _NOW).is_open(_NOW)
    just_inside = _history(*[MS_PER_DAY - 1] * 18)
    assert opening_of(_CONNECT, _PACED, just_inside, _NOW).opens_at == _NOW + 1


def test_a_used_up_week_holds_longer_than_a_day() -> None:
    ages = [6 * MS_PER_DAY - number for number in range(90)]
    opening = opening_of(_CONNECT, _PACED, _history(*ages), _NOW)
    assert opening.reason is HoldCode.WEEK_LIMIT
    assert opening.opens_at == _NOW + MS_PER_DAY


def test_all_kinds_together_have_a_limit_of_their_own() -> None:
    many = {kind: [_NOW - MS_PER_HOUR] * 30 for kind in ActionType if kind is not _CONNECT}
    opening = opening_of(_CONNECT, _PACED, AccountHistory.of(many), _NOW)
    assert opening.holds == (Hold(HoldCode.DAY_LIMIT, _NOW + 23 * MS_PER_HOUR),)


def test_a_limit_of_zero_never_opens() -> None:
    paces = {**DEFAULT_PACES, _CONNECT: ActionPace(0, 90, 0, 0)}
    opening = opening_of(_CONNECT, replace(_PACED, paces=paces), _history(), _NOW)
    assert opening == Opening(None, (Hold(HoldCode.DAY_LIMIT, None),))
    assert opening.reason is HoldCode.DAY_LIMIT
    assert not opening.is_open(_NOW)


def test_the_gap_is_drawn_once_and_follows_a_changed_range() -> None:
    history = _started(_CONNECT, ago=0, fraction=0.5)
    assert opening_of(_CONNECT, _PACED, history, _NOW).opens_at == _NOW + 7 * MS_PER_MINUTE
    without = replace(_PACED, paces={**DEFAULT_PACES, _CONNECT: ActionPace(18, 90, 0, 0)})
    assert opening_of(_CONNECT, without, history, _NOW).is_open(_NOW)


def test_any_other_kind_waits_for_thirty_seconds() -> None:
    history = _started(_CONNECT, ago=10 * MS_PER_SECOND)
    opening = opening_of(_FOLLOW, _PACED, history, _NOW)
    assert opening == Opening(
        _NOW + 20 * MS_PER_SECOND, (Hold(HoldCode.GAP, _NOW + 20 * MS_PER_SECOND),)
    )


def test_a_lock_of_the_whole_account_stops_every_kind() -> None:
    history = _history(locks=(Lock(None, _NOW + 1), Lock(_FOLLOW, _NOW - 1)))
    for action in ActionType:
        assert opening_of(action, _PACED, history, _NOW).reason is HoldCode.PROVIDER_LIMIT


def test_the_ramp_lets_a_new_account_begin_with_a_fifth() -> None:
    paced = replace(_PACED, ramp=Ramp(_NOW - 4, 14))
    opening = opening_of(_CONNECT, paced, _history(3, 2, 1, 1), _NOW)
    # The fifth of 18 is 4; the next step of the ramp allows one more.
    assert opening.opens_at == _NOW - 4 + MS_PER_DAY
    assert opening.reason is HoldCode.DAY_LIMIT


def test_outside_the_hours_nothing_begins() -> None:
    # _NOW is Friday, 15 January 2027, 08:00 UTC.
    hours = OpeningHours(ZoneInfo("UTC"), (OpenRange(4, 9 * 60, 10 * 60),))
    paced = replace(_PACED, hours=hours)
    opens_at = _NOW + MS_PER_HOUR
    assert opening_of(_CONNECT, paced, _history(), _NOW) == Opening(
        opens_at, (Hold(HoldCode.OUTSIDE_HOURS, opens_at),), closes_at=opens_at + MS_PER_HOUR
    )


def test_hours_that_close_before_a_gap_ends_are_the_reason_that_lasts_longest() -> None:
    hours = OpeningHours(ZoneInfo("UTC"), (OpenRange(4, 8 * 60, 8 * 60 + 5),))
    paced = replace(_PACED, hours=hours)
    opening = opening_of(_CONNECT, paced, _started(_CONNECT, ago=0, fraction=1.0), _NOW)
    assert opening.opens_at == _NOW + 7 * MS_PER_DAY
    assert opening.reason is HoldCode.OUTSIDE_HOURS
