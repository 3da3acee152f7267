"""When a webhook that fails is switched off."""

import pytest

from app.domain.times import MS_PER_DAY
from app.domain.webhooks.attempt_result import AttemptResult
from app.domain.webhooks.failure_streak import FailureStreak, is_gone

GOOD = AttemptResult(200, None, None, None, 1)
BAD = AttemptResult(500, None, None, None, 1)
GONE = AttemptResult(410, None, None, None, 1)
NEW = FailureStreak(None, None)


def failures(*days: float) -> list[tuple[int, AttemptResult]]:
    return [(round(day * MS_PER_DAY), BAD) for day in days]


@pytest.mark.parametrize(
    ("days", "is_off"),
    [
        ((0, 1, 2, 3, 4, 4.99), False),
        ((0, 1, 2, 3, 4, 5), True),
        ((0, 2, 4, 5), True),
        ((5,), False),
    ],
)
def test_five_days_of_failures_switch_it_off(days: tuple[float, ...], is_off: bool) -> None:
    streak = NEW.after(failures(*days))
    assert (streak.disabled_reason == "every attempt failed for five days") is is_off


def test_a_success_starts_the_days_anew() -> None:
    attempts = [*failures(0, 2), (3 * MS_PER_DAY, GOOD), *failures(4, 5, 6)]
    assert NEW.after(attempts) == FailureStreak(4 * MS_PER_DAY, 6 * MS_PER_DAY)


def test_a_pause_of_more_than_two_days_starts_the_days_anew() -> None:
    assert NEW.after(failures(0, 2, 4.5, 6)).disabled_reason is None
    assert NEW.after(failures(0, 2, 4.5, 6)).failing_since == round(4.5 * MS_PER_DAY)


def test_a_receiver_that_is_gone_is_switched_off_at_once() -> None:
    assert is_gone(GONE)
    assert not is_gone(BAD)
    assert NEW.after([(1, GONE)]).disabled_reason == "the receiver answered 410 Gone"


def test_an_attempt_that_ended_earlier_does_not_turn_the_time_back() -> None:
    assert NEW.after([(100, BAD), (50, BAD)]).last_failed_at == 100


def test_attempts_in_one_step_or_in_several_give_the_same() -> None:
    attempts = failures(0, 1, 2, 3, 4, 5)
    assert NEW.after(attempts[:3]).after(attempts[3:]) == NEW.after(attempts)
