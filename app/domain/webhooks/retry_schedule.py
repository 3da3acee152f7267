"""When a delivery that failed is tried again, and when nobody tries any more."""

from collections.abc import Sequence
from random import SystemRandom

from app.domain.times import MS_PER_DAY, MS_PER_SECOND

_SPREAD = 0.1
_LONGEST_WISH_MS = MS_PER_DAY
_STATUSES_THAT_MAY_WISH = (429, 503)
_random = SystemRandom()


def delay_after(
    attempt: int,
    schedule: Sequence[int],
    *,
    status_code: int | None = None,
    retry_after_seconds: float | None = None,
) -> int | None:
    """Milliseconds to wait after the `attempt`-th try (from 1) failed; None when it was the last.

    `schedule` has the seconds after each try, taken ± 10 %. A receiver that is busy (429, 503) may
    wish for a wait of its own, up to a day (RFC 9110, 10.2.3); a wish for none at all is no wish,
    or it would spend every try in a moment.
    """
    if attempt > len(schedule):
        return None
    if retry_after_seconds and status_code in _STATUSES_THAT_MAY_WISH:
        return min(round(retry_after_seconds * MS_PER_SECOND), _LONGEST_WISH_MS)
    spread = _random.uniform(1 - _SPREAD, 1 + _SPREAD)
    return round(schedule[attempt - 1] * MS_PER_SECOND * spread)
