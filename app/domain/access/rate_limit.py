"""How many requests a minute who may send, and the state of such a limit."""

from dataclasses import dataclass

from app.domain.access.caller import Caller, CallerKind

WINDOW_SECONDS = 60
_PERSONAL_FACTOR = 6
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


def rate_limit_of(caller: Caller, per_minute: int) -> tuple[str, int]:
    """Returns the subject whose requests are counted, and its limit of requests a minute.

    All keys of a workspace share one limit of `per_minute`; each session and each agent has its
    own, six times as large.
    """
    if caller.kind is CallerKind.API_KEY:
        return f"workspace:{caller.workspace_id}", per_minute
    return f"{caller.kind}:{caller.credential_id}", per_minute * _PERSONAL_FACTOR


def anonymous_limit(per_minute: int) -> int:
    """GraphQL requests a minute of one address without a good credential; 60 of the usual 100."""
    return max(1, per_minute * _STRANGERS_PERCENT // 100)


def sign_in_limit(per_minute: int) -> int:
    """Sign-ins and sign-ups a minute of one address; 10 of the usual 100."""
    return max(1, per_minute * _SIGN_INS_PERCENT // 100)
