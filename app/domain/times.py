"""Points in time: whole milliseconds since the epoch, UTC, printed as ISO 8601 with `Z`."""

from datetime import UTC, datetime

MS_PER_SECOND = 1_000
MS_PER_MINUTE = 60 * MS_PER_SECOND
MS_PER_HOUR = 60 * MS_PER_MINUTE
MS_PER_DAY = 24 * MS_PER_HOUR
MS_PER_YEAR = 366 * MS_PER_DAY


def iso_from_ms(ms: int) -> str:
    """`2026-04-02T10:30:00.000Z` for a point in time in milliseconds."""
    seconds, rest = divmod(ms, MS_PER_SECOND)
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}.{rest:03d}Z"


def ms_from_rfc3339(text: str) -> int:
    """Milliseconds of an RFC 3339 time (section 5.6); finer digits are cut off.

    Raises ValueError for anything else, a time without offset included.
    """
    if len(text) < 20 or text[10] not in "Tt " or not text.isascii():
        raise ValueError("not an RFC 3339 time")
    at = datetime.fromisoformat(text.upper())
    if at.tzinfo is None:
        raise ValueError("the offset is missing")
    since_epoch = at - datetime(1970, 1, 1, tzinfo=UTC)
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
