"""The result of one attempt to send a delivery."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AttemptResult:
    """The receiver's status, or in words a user understands what went wrong before there was one.

    `response_excerpt` is the start of the body; `retry_after_seconds` is from `Retry-After`.
    """

    status_code: int | None
    error: str | None
    response_excerpt: str | None
    retry_after_seconds: float | None
    duration_ms: int

    @property
    def succeeded(self) -> bool:
        """Whether the receiver accepted it: a 2xx, even if the rest of its response was lost."""
        return is_success(self.status_code)

    @property
    def problem(self) -> str | None:
        """What went wrong, in words, with a status or without; None when nothing did."""
        if self.succeeded:
            return None
        return self.error or f"the receiver answered {self.status_code}"


def is_success(status_code: int | None) -> bool:
    """Whether a receiver that answered so, if it did, took the delivery (RFC 9110, 15.3)."""
    return status_code is not None and 200 <= status_code < 300
