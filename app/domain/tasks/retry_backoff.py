"""How long a task that failed waits before it is tried again."""

from random import SystemRandom

_LONGEST_SECONDS = 3_600
_SPREAD = 0.2
_random = SystemRandom()


def retry_delay_ms(attempt: int, backoff_seconds: float) -> int:
    """`backoff_seconds` × 2^(attempt - 1), at most an hour, ± 20 %, in milliseconds.

    `attempt` counts those that began, from 1.
    """
    doublings = min(max(attempt, 1) - 1, 30)
    seconds = min(backoff_seconds * 2.0**doublings, _LONGEST_SECONDS)
    return round(seconds * 1_000 * _random.uniform(1 - _SPREAD, 1 + _SPREAD))
