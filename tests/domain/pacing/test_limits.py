"""How many actions an account may begin, and how the ramp grows."""

import pytest

from app.domain.pacing.limits import DEFAULT_PACES, LimitWindow, Ramp, advice_on
from app.domain.tasks.task import ActionType
from app.domain.times import MS_PER_DAY

_CONNECTED = 1_700_000_000_000


def test_every_kind_of_action_has_a_default_pace() -> None:
    assert set(DEFAULT_PACES) == set(ActionType)
    assert DEFAULT_PACES[ActionType.CONNECT].limit(LimitWindow.DAY) == 18
    assert DEFAULT_PACES[ActionType.CONNECT].limit(LimitWindow.WEEK) == 90


@pytest.mark.parametrize(
    ("days_since", "limit"), [(0, 4), (1, 5), (7, 11), (13, 17), (14, 18), (400, 18), (-1, 4)]
)
def test_the_ramp_grows_from_a_fifth_to_the_whole_limit(days_since: int, limit: int) -> None:
    ramp = Ramp(_CONNECTED, 14)
    assert ramp.limit_at(18, _CONNECTED + days_since * MS_PER_DAY) == limit


def test_the_ramp_never_takes_a_limit_below_one_nor_lifts_a_limit_of_zero() -> None:
    ramp = Ramp(_CONNECTED, 90)
    assert ramp.limit_at(1, _CONNECTED) == 1
    assert ramp.limit_at(0, _CONNECTED) == 0


def test_without_a_ramp_the_full_limit_holds_at_once() -> None:
    ramp = Ramp(_CONNECTED, 0)
    assert ramp.limit_at(18, _CONNECTED) == 18
    assert ramp.next_step(_CONNECTED) is None
    assert ramp.ends_at is None


def test_the_next_step_of_the_ramp_is_a_whole_day_after_the_connection() -> None:
    ramp = Ramp(_CONNECTED, 2)
    assert ramp.next_step(_CONNECTED) == _CONNECTED + MS_PER_DAY
    assert ramp.next_step(_CONNECTED + MS_PER_DAY) == _CONNECTED + 2 * MS_PER_DAY
    assert ramp.next_step(_CONNECTED + 2 * MS_PER_DAY) is None


@pytest.mark.parametrize(
    ("action", "window", "limit"),
    [
        (ActionType.CONNECT, LimitWindow.DAY, 30),
        (ActionType.CONNECT, LimitWindow.WEEK, 100),
        (ActionType.MESSAGE, LimitWindow.DAY, 80),
        (ActionType.VIEW_PROFILE, LimitWindow.DAY, 100),
    ],
)
def test_a_limit_above_what_the_field_advises_carries_advice(
    action: ActionType, window: LimitWindow, limit: int
) -> None:
    assert advice_on(action, window, limit) is None
    assert advice_on(action, window, limit + 1)


def test_other_limits_carry_no_advice() -> None:
    assert advice_on(ActionType.FOLLOW, LimitWindow.DAY, 500) is None
    assert advice_on(None, LimitWindow.DAY, 500) is None
