"""When a failed delivery is retried, and when it is given up."""

from collections.abc import Sequence
from random import SystemRandom

from app.domain.times import MS_PER_DAY, MS_PER_SECOND

_SPREAD = 0.1
_MAX_RETRY_AFTER_MS = MS_PER_DAY
_STATUSES_WITH_RETRY_AFTER = (429, 503)
_random = SystemRandom()


def delay_after(
    attempt: int,
    schedule: Sequence[int],
    *,
    status_code: int | None = None,
    retry_after_seconds: float | None = None,
) -> int | None:
    """Milliseconds to wait after the `attempt`-th try (from 1) failed; None when it was the last.

    `schedule` has the seconds after each try, taken ± 10 %. With 429 and 503, `Retry-After` counts
    instead, up to a day (RFC 9110, 10.2.3); 0 is ignored, or all attempts would be spent at once.
    """
    if attempt > len(schedule):
        return None
    if retry_after_seconds and status_code in _STATUSES_WITH_RETRY_AFTER:
        return min(round(retry_after_seconds * MS_PER_SECOND), _MAX_RETRY_AFTER_MS)
    spread = _random.uniform(1 - _SPREAD, 1 + _SPREAD)
    return round(schedule[attempt - 1] * MS_PER_SECOND * spread)
