from app.domain.times import MS_PER_DAY
from app.domain.webhooks.retry_schedule import delay_after

_SCHEDULE = (5, 300, 1_800, 7_200, 18_000, 36_000, 36_000)


def test_each_try_waits_as_the_schedule_says_give_or_take_a_tenth() -> None:
    for attempt, seconds in enumerate(_SCHEDULE, start=1):
        delays = [delay_after(attempt, _SCHEDULE) for _ in range(200)]
        assert all(delay and 0.9 <= delay / (seconds * 1_000) <= 1.1 for delay in delays)
        assert len(set(delays)) > 50


def test_the_eighth_failure_is_the_last() -> None:
    assert delay_after(7, _SCHEDULE) is not None
    assert delay_after(8, _SCHEDULE) is None
    assert delay_after(8, _SCHEDULE, status_code=429, retry_after_seconds=5) is None


def test_a_busy_receiver_has_its_wish() -> None:
    for status in (429, 503):
        assert delay_after(1, _SCHEDULE, status_code=status, retry_after_seconds=7.5) == 7_500


def test_a_wish_is_granted_up_to_a_day() -> None:
    assert delay_after(2, _SCHEDULE, status_code=503, retry_after_seconds=1e9) == MS_PER_DAY


def test_a_wish_with_another_status_is_ignored() -> None:
    for status in (None, 200, 301, 400, 500, 502):
        delay = delay_after(1, _SCHEDULE, status_code=status, retry_after_seconds=600)
        assert delay is not None
        assert delay <= 5_500


def test_a_wish_for_no_wait_at_all_does_not_spend_the_tries_in_a_moment() -> None:
    delay = delay_after(2, _SCHEDULE, status_code=503, retry_after_seconds=0)
    assert delay is not None
    assert delay >= 270_000
