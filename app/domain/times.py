"""Points in time: whole milliseconds since the epoch, UTC, printed as ISO 8601 with `Z`."""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

MS_PER_SECOND = 1_000
MS_PER_MINUTE = 60 * MS_PER_SECOND
MS_PER_HOUR = 60 * MS_PER_MINUTE
MS_PER_DAY = 24 * MS_PER_HOUR
MS_PER_YEAR = 366 * MS_PER_DAY

_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Printing numbers is most of the work of printing a time, and every answer is full of times.
_SECONDS = tuple(f":{number:02d}" for number in range(60))
_MILLISECONDS = tuple(f".{number:03d}Z" for number in range(MS_PER_SECOND))


def iso_from_ms(ms: int) -> str:
    """`2026-04-02T10:30:00.000Z` for a point in time in milliseconds."""
    return _iso_second(ms // MS_PER_SECOND) + _MILLISECONDS[ms % MS_PER_SECOND]


# The tasks of a list were often made together, and printing a date takes most of the time.
@lru_cache(maxsize=4_096)
def _iso_second(seconds: int) -> str:
    return _iso_minute(seconds // 60) + _SECONDS[seconds % 60]


@lru_cache(maxsize=4_096)
def _iso_minute(minutes: int) -> str:
    return (_EPOCH + timedelta(minutes=minutes)).isoformat()[:16]


def ms_from_rfc3339(text: str) -> int:
    """Milliseconds of an RFC 3339 time (section 5.6); finer digits are cut off.

    Raises ValueError for anything else, a time without offset included, and OverflowError for one
    before the year 1 or after the year 9999.
    """
    if _RFC_3339.fullmatch(text) is None:
        raise ValueError("not an RFC 3339 time with its offset")
    at = datetime.fromisoformat(text.upper())
    since_epoch = at.astimezone(UTC) - _EPOCH
    return (
        since_epoch.days * MS_PER_DAY
        + since_epoch.seconds * MS_PER_SECOND
        + (since_epoch.microseconds // 1_000)
    )


def day_of_ms(ms: int) -> str:
    """The UTC day as `2026-04-02`."""
    return iso_from_ms(ms)[:10]


def ms_until_next_day(ms: int) -> int:
    """Milliseconds until the next UTC midnight."""
    return MS_PER_DAY - ms % MS_PER_DAY


def whole_seconds_up(ms: int) -> int:
    """Seconds rounded up, at least 1: a wait of that long is never too short."""
    return max(1, -(-ms // MS_PER_SECOND))
