"""What came of one attempt to send a delivery."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AttemptResult:
    """A status, or in words what went wrong."""

    status_code: int | None
    error: str | None
    response_excerpt: str | None
    retry_after_seconds: float | None
    duration_ms: int

    @property
    def succeeded(self) -> bool:
        """The receiver took it."""
        return self.error is None and self.status_code is not None and self.status_code < 300
