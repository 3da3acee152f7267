"""The hours in which an account may act: ranges of wall-clock time in one time zone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

MINUTES_PER_DAY = 24 * 60
# A range may fall wholly into the hour that a change of the clock skips: look one week further.
_DAYS_TO_LOOK = 15
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


class Weekday(StrEnum):
    """Days of the week, Monday first, as `date.weekday` counts them."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"

    @property
    def number(self) -> int:
        """0 for Monday to 6 for Sunday."""
        return tuple(Weekday).index(self)


@dataclass(frozen=True, slots=True, order=True)
class OpenRange:
    """An open stretch of a weekday (0 is Monday), in minutes of wall time up to 1,440."""

    weekday: int
    opens: int
    closes: int


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """Open ranges in a time zone. Without a range an account is always open."""

    zone: ZoneInfo
    ranges: tuple[OpenRange, ...]

    def is_open(self, at: int) -> bool:
        """Whether the wall clock of the zone stands in a range; `at` is in milliseconds."""
        if not self.ranges:
            return True
        wall = self._wall(at)
        minute = wall.hour * 60 + wall.minute
        weekday = wall.weekday()
        return any(
            one.weekday == weekday and one.opens <= minute < one.closes for one in self.ranges
        )

    def next_open(self, at: int) -> int:
        """`at` itself while open, else when the next range begins, in milliseconds.

        A range that begins in an hour which daylight saving skips begins with the next time that
        exists; in an hour that comes twice the account is open both times.
        """
        if self.is_open(at):
            return at
        for day in self._days_from(at):
            found = [moment for moment in self._openings(day) if moment > at]
            if found:
                return min(found)
        raise ValueError("these hours never open")

    def next_close(self, at: int) -> int | None:
        """When a range that is open at `at` ends, in milliseconds; None while none ends.

        Two ranges that touch, also over midnight, are one.
        """
        if not self.ranges:
            return None
        for day in self._days_from(at):
            ends = [moment for moment in self._closings(day) if moment > at]
            if ends:
                return min(ends)
        return None

    def _closings(self, day: date) -> list[int]:
        moments = [
            moment
            for one in self.ranges
            if one.weekday == day.weekday()
            for moment in _moments(self.zone, *_next_day_at_midnight(day, one.closes))
        ]
        return [moment for moment in moments if not self.is_open(moment)]

    def _days_from(self, at: int) -> Iterator[date]:
        today = self._wall(at).date()
        return (today + timedelta(days=number) for number in range(_DAYS_TO_LOOK))

    def _openings(self, day: date) -> list[int]:
        moments = [
            moment
            for one in self.ranges
            if one.weekday == day.weekday()
            for moment in _moments(self.zone, day, one.opens)
        ]
        return [moment for moment in moments if self.is_open(moment)]

    def _wall(self, at: int) -> datetime:
        return (_EPOCH + at * _MILLISECOND).astimezone(self.zone)


def _next_day_at_midnight(day: date, minute: int) -> tuple[date, int]:
    return (day + timedelta(days=1), 0) if minute == MINUTES_PER_DAY else (day, minute)


@lru_cache(maxsize=4_096)
def _moments(zone: ZoneInfo, day: date, minute: int) -> Sequence[int]:
    """When the wall clock shows this minute: once or twice; if skipped, the next that exists."""
    wall = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minute)
    while not _exists(wall, zone):
        wall += timedelta(minutes=1)
    return sorted({_ms(wall.replace(tzinfo=zone, fold=fold)) for fold in (0, 1)})


def _exists(wall: datetime, zone: ZoneInfo) -> bool:
    """Whether the zone's clock ever shows the date and time of `wall`, its own zone left aside."""
    back = wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    return back.replace(tzinfo=UTC, fold=0) == wall


def _ms(moment: datetime) -> int:
    return (moment.astimezone(UTC) - _EPOCH) // _MILLISECOND
