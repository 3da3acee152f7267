"""The refusal of one task too many a day."""

from app.domain.tasks.daily_task_limit import daily_limit_reached
from app.domain.times import MS_PER_DAY, MS_PER_HOUR


def test_it_names_the_account_and_says_when_to_try_again() -> None:
    refusal = daily_limit_reached(500, "acc_1", MS_PER_DAY - MS_PER_HOUR)
    assert "500" in refusal.message
    assert "acc_1" in refusal.message
    assert refusal.retry_after == 3_600
