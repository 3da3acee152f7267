"""Spares callers the wait for something that has just failed."""

from time import monotonic


class CircuitBreaker:
    """Open for a while after each failure; then the next call tries again."""

    def __init__(self, open_seconds: float = 1.0) -> None:
        self._open_seconds = open_seconds
        self._open_until = 0.0

    @property
    def is_open(self) -> bool:
        """Whether asking is pointless for the moment."""
        return monotonic() < self._open_until

    def failed(self) -> None:
        """Note that asking failed."""
        self._open_until = monotonic() + self._open_seconds
