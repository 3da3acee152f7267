"""How a caller stands with its budget of requests."""

from dataclasses import dataclass

WINDOW_SECONDS = 60
PERSONAL_BUDGET_FACTOR = 6


@dataclass(frozen=True, slots=True)
class RateLimit:
    """A moving window of requests: its size, what is left, and whole seconds until some is freed.

    `is_exceeded` when the last request did not fit; `reset_seconds` is then how long to wait.
    """

    limit: int
    window_seconds: int
    remaining: int
    reset_seconds: int
    is_exceeded: bool = False
