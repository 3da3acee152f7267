"""Saying once that something is away, and once that it is back, however often it was tried."""

from time import monotonic

import structlog

_log = structlog.get_logger(__name__)


class Outage:
    """Of one use of one outside thing; `what` is the sentence that is logged."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._began_at: float | None = None

    def failed(self, error: BaseException) -> None:
        """It was tried in vain."""
        if self._began_at is None:
            self._began_at = monotonic()
            _log.warning(self._what, error=type(error).__name__)

    def worked(self) -> None:
        """It was tried, and went well."""
        if self._began_at is not None:
            seconds = round(monotonic() - self._began_at, 1)
            self._began_at = None
            _log.info(f"over: {self._what}", seconds=seconds)
