"""What is left of a limit, and when more is."""

from app.domain.pacing.limit_use import LimitUse, limit_uses
from app.domain.pacing.limits import DEFAULT_TOTAL_PER_DAY, LimitWindow, Ramp
from app.domain.pacing.opening import AccountHistory, PacingSettings
from app.domain.tasks.task import ActionType
from app.domain.times import MS_PER_DAY, MS_PER_HOUR

_NOW = 1_800_000_000_000
_CONNECT = ActionType.CONNECT


def _use(
    hours_ago: list[int], window: LimitWindow = LimitWindow.DAY, *, ramp_days: int = 0
) -> LimitUse:
    settings = PacingSettings(is_on=True, ramp=Ramp(_NOW - 3 * MS_PER_HOUR, ramp_days))
    history = AccountHistory.of({_CONNECT: [_NOW - one * MS_PER_HOUR for one in hours_ago]})
    uses = limit_uses(settings, history, _NOW)
    (found,) = [one for one in uses if one.action is _CONNECT and one.window is window]
    return found


def test_every_kind_has_two_limits_and_all_together_one() -> None:
    settings = PacingSettings(is_on=True, ramp=Ramp(0, 0))
    uses = limit_uses(settings, AccountHistory.of({}), _NOW)
    assert len(uses) == 2 * len(ActionType) + 1
    assert uses[-1].action is None
    assert uses[-1].limit == DEFAULT_TOTAL_PER_DAY


def test_an_unused_limit_has_nothing_to_wait_for() -> None:
    use = _use([])
    assert (use.limit, use.used, use.remaining) == (18, 0, 18)
    assert use.reset_at is None
    assert use.next_allowed_at is None


def test_more_is_left_when_the_oldest_leaves_the_window() -> None:
    use = _use([20, 10])
    assert (use.used, use.remaining) == (2, 16)
    assert use.reset_at == _NOW + 4 * MS_PER_HOUR


def test_past_a_limit_that_was_lowered_more_is_left_once_enough_have_left_the_window() -> None:
    use = _use([23, 22, 21, *[1] * 17])
    assert use.remaining == 0
    assert use.reset_at == _NOW + 3 * MS_PER_HOUR


def test_a_ramp_lowers_the_limit_and_its_next_step_leaves_more() -> None:
    use = _use([], ramp_days=14)
    assert (use.limit, use.full_limit) == (4, 18)
    assert use.reset_at is not None
    assert _NOW < use.reset_at <= _NOW + MS_PER_DAY


def test_a_week_counts_what_the_day_has_forgotten() -> None:
    use = _use([30], LimitWindow.WEEK)
    assert (use.limit, use.used) == (90, 1)
    assert _use([30]).used == 0
