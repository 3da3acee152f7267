"""The state of a rate limit."""

from dataclasses import dataclass

WINDOW_SECONDS = 60
PERSONAL_RATE_LIMIT_FACTOR = 6
_STRANGERS_PERCENT = 60
_SIGN_INS_PERCENT = 10


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


def anonymous_limit(per_minute: int) -> int:
    """GraphQL requests a minute of one address without a good credential; 60 of the usual 100."""
    return max(1, per_minute * _STRANGERS_PERCENT // 100)


def sign_in_limit(per_minute: int) -> int:
    """Sign-ins and sign-ups a minute of one address; 10 of the usual 100."""
    return max(1, per_minute * _SIGN_INS_PERCENT // 100)
