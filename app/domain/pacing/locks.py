"""LinkedIn's own stops: how long one lasts, and which of them pause the whole account."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum

from app.domain.times import MS_PER_DAY, MS_PER_HOUR

# A lock soon after another lasts twice as long as it would by itself, but no longer than this.
_REPEATED_WITHIN_MS = 7 * MS_PER_DAY
_LONGEST_REPEATED_MS = 14 * MS_PER_DAY
_MILLISECOND = timedelta(milliseconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class ProviderLimitCode(StrEnum):
    """Why LinkedIn stopped an account or one kind of action."""

    WEEKLY_INVITATIONS = "weekly_invitations"
    NOTE_QUOTA = "note_quota"
    TOO_MANY = "too_many"
    RESTRICTED = "restricted"
    SIGNED_OUT = "signed_out"
    CHECKPOINT = "checkpoint"


# These pause the account, with this as the reason: a person has to look before anything goes on.
PAUSE_NOTES = {
    ProviderLimitCode.RESTRICTED: "LinkedIn restricted the account",
    ProviderLimitCode.SIGNED_OUT: "LinkedIn signed the account out",
    ProviderLimitCode.CHECKPOINT: "LinkedIn asks for a check of who signs in",
}


@dataclass(frozen=True, slots=True)
class EarlierLock:
    """The lock before this one of the same kind of action, or of the whole account.

    `ended_at` is its end in milliseconds, or when a person lifted it; `factor` is how many times
    its plain duration it lasted.
    """

    ended_at: int
    factor: int


@dataclass(frozen=True, slots=True)
class LockEnd:
    """When a lock ends, in milliseconds, and how many times its plain duration it lasts."""

    until: int
    factor: int


def lock_end(
    code: ProviderLimitCode,
    now: int,
    *,
    named_until: int | None,
    earlier: EarlierLock | None,
    zone: tzinfo = UTC,
) -> LockEnd:
    """The end of a lock reported at `now`. A time that the agent names stands as it is.

    `zone` is the account's: a quota of notes is renewed on the first of the month there.
    """
    factor = _factor(now, earlier)
    if named_until is not None:
        return LockEnd(named_until, factor)
    plain = _plain_end(code, now, zone)
    repeated = now + min((plain - now) * factor, _LONGEST_REPEATED_MS)
    return LockEnd(max(plain, repeated), factor)


def _factor(now: int, earlier: EarlierLock | None) -> int:
    if earlier is None or not earlier.ended_at <= now <= earlier.ended_at + _REPEATED_WITHIN_MS:
        return 1
    return earlier.factor * 2


def _plain_end(code: ProviderLimitCode, now: int, zone: tzinfo) -> int:
    if code is ProviderLimitCode.WEEKLY_INVITATIONS:
        return now + 7 * MS_PER_DAY
    if code is ProviderLimitCode.NOTE_QUOTA:
        return _first_of_next_month(now, zone)
    return now + 24 * MS_PER_HOUR


def _first_of_next_month(now: int, zone: tzinfo) -> int:
    there = (_EPOCH + now * _MILLISECOND).astimezone(zone)
    year, month = divmod(there.year * 12 + there.month, 12)
    first = datetime(year, month + 1, 1, tzinfo=zone)
    return (first.astimezone(UTC) - _EPOCH) // _MILLISECOND
