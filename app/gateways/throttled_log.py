"""Logging what may happen thousands of times a second."""

from time import monotonic
from typing import Final

import structlog

_EVERY_SECONDS: Final = 10.0
_log = structlog.get_logger(__name__)


class ThrottledLog:
    """Warns of one thing at most once in ten seconds, and says how often it happened unsaid."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._unsaid = 0
        self._quiet_until = 0.0

    def warn(self, **facts: object) -> None:
        """It has happened."""
        now = monotonic()
        if now < self._quiet_until:
            self._unsaid += 1
            return
        _log.warning(self._what, more_of_them=self._unsaid, **facts)
        self._unsaid = 0
        self._quiet_until = now + _EVERY_SECONDS
