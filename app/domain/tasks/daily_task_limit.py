"""How many tasks may be created for an account in a day (UTC)."""

from app.domain.errors import DailyTaskLimit
from app.domain.times import ms_until_next_day, whole_seconds_up


def daily_limit_reached(limit: int, account_id: str, now: int) -> DailyTaskLimit:
    """Returns the refusal of one more task for an account; `now` in milliseconds."""
    return DailyTaskLimit(
        f"the limit of {limit} tasks a day for LinkedIn account {account_id} is reached; "
        "it is reset at midnight UTC",
        retry_after=whole_seconds_up(ms_until_next_day(now)),
    )
