"""When an account's next action of a kind may begin, and what holds it back until then."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.pacing.hours import OpeningHours
from app.domain.pacing.limits import (
    DEFAULT_PACES,
    DEFAULT_TOTAL_PER_DAY,
    GAP_BETWEEN_KINDS_MS,
    ActionPace,
    LimitWindow,
    Ramp,
)
from app.domain.tasks.task import ActionType


class HoldCode(StrEnum):
    """What keeps a kind of action from beginning."""

    PROVIDER_LIMIT = "provider_limit"
    WEEK_LIMIT = "week_limit"
    DAY_LIMIT = "day_limit"
    GAP = "gap"
    OUTSIDE_HOURS = "outside_hours"


@dataclass(frozen=True, slots=True)
class Hold:
    """One thing that holds an action back, and until when (milliseconds); None: without an end."""

    code: HoldCode
    until: int | None


@dataclass(frozen=True, slots=True)
class Opening:
    """When a kind of action may begin (None: never, as things are), and all that holds it back.

    `closes_at` is when the account's hours end after that; None without an end.
    """

    opens_at: int | None
    holds: tuple[Hold, ...] = ()
    closes_at: int | None = None

    def is_open(self, now: int) -> bool:
        """Whether it may begin now."""
        return self.opens_at is not None and self.opens_at <= now

    @property
    def reason(self) -> HoldCode | None:
        """What ends last of all that holds it back; None when it is open."""
        if not self.holds:
            return None
        return max(self.holds, key=_end_of).code


@dataclass(frozen=True, slots=True)
class PacingSettings:
    """What the owner of an account allows. `time_zone` is that of the hours, if one was set."""

    is_on: bool
    ramp: Ramp
    hours: OpeningHours | None = None
    time_zone: str | None = None
    total_per_day: int = DEFAULT_TOTAL_PER_DAY
    paces: Mapping[ActionType, ActionPace] = field(default_factory=lambda: DEFAULT_PACES)


@dataclass(frozen=True, slots=True)
class LastStart:
    """The latest start of a kind of action; `gap_fraction` (0 to 1) was drawn at random then."""

    at: int
    gap_fraction: float


@dataclass(frozen=True, slots=True)
class Lock:
    """LinkedIn's own stop of a kind of action, or of the whole account (`action` is None)."""

    action: ActionType | None
    until: int

    def holds(self, action: ActionType) -> bool:
        """Whether this kind of action is stopped."""
        return self.action is None or self.action is action


@dataclass(slots=True)
class AccountHistory:
    """What counts against an account: times in milliseconds, ascending, of the last seven days.

    `total` holds the times of all kinds together. Make one with `of`.
    """

    counted: dict[ActionType, list[int]]
    total: list[int]
    last_starts: dict[ActionType, LastStart]
    locks: tuple[Lock, ...]

    @classmethod
    def of(
        cls,
        counted: Mapping[ActionType, Iterable[int]],
        last_starts: Mapping[ActionType, LastStart] | None = None,
        locks: Iterable[Lock] = (),
    ) -> "AccountHistory":
        """A history from times in any order."""
        ordered = {action: sorted(counted.get(action, ())) for action in ActionType}
        total = sorted(at for times in ordered.values() for at in times)
        return cls(ordered, total, dict(last_starts or {}), tuple(locks))

    def copy(self) -> "AccountHistory":
        """One of its own to play with."""
        counted = {action: [*times] for action, times in self.counted.items()}
        return AccountHistory(counted, [*self.total], dict(self.last_starts), self.locks)

    def add_start(self, action: ActionType, start: LastStart) -> None:
        """One more start, later than all before."""
        self.counted[action].append(start.at)
        self.total.append(start.at)
        self.last_starts[action] = start


def opening_of(
    action: ActionType, settings: PacingSettings, history: AccountHistory, now: int
) -> Opening:
    """When the next action of this kind may begin, and what holds it back at `now`."""
    holds = [
        Hold(HoldCode.PROVIDER_LIMIT, lock.until)
        for lock in history.locks
        if lock.holds(action) and lock.until > now
    ]
    if settings.is_on:
        holds += _limit_holds(action, settings, history, now)
        holds += _gap_hold(action, settings.paces[action], history, now)
    ends = [hold.until for hold in holds if hold.until is not None]
    if len(ends) < len(holds):
        return Opening(None, (*holds, *_closed_now(settings, now)))
    return _within_hours(settings, max([now, *ends]), holds, now)


def window_opens_at(
    times: Sequence[int], limit: int, window: LimitWindow, ramp: Ramp, now: int
) -> int | None:
    """The earliest time from `now` on at which one more fits into the window; None: never.

    `times` ascend; `limit` is the full one, of which the ramp gives a growing part.
    """
    if limit == 0:
        return None
    at = now
    while True:
        allowed = ramp.limit_at(limit, at)
        free_at = at
        if len(times) >= allowed:
            free_at = max(at, times[-allowed] + window.milliseconds)
        step = ramp.next_step(at)
        if step is None or free_at < step:
            return free_at
        at = step


def _limit_holds(
    action: ActionType, settings: PacingSettings, history: AccountHistory, now: int
) -> list[Hold]:
    pace = settings.paces[action]
    times = history.counted[action]
    day = LimitWindow.DAY
    opens = [
        (HoldCode.WEEK_LIMIT, times, pace.per_week, LimitWindow.WEEK),
        (HoldCode.DAY_LIMIT, times, pace.per_day, day),
        (HoldCode.DAY_LIMIT, history.total, settings.total_per_day, day),
    ]
    held: dict[HoldCode, Hold] = {}
    for code, counted, limit, window in opens:
        until = window_opens_at(counted, limit, window, settings.ramp, now)
        if until is not None and until <= now:
            continue
        hold = Hold(code, until)
        held[code] = max(held.get(code, hold), hold, key=_end_of)
    return list(held.values())


def _gap_hold(
    action: ActionType, pace: ActionPace, history: AccountHistory, now: int
) -> list[Hold]:
    ends = [
        last.at + (pace.gap_ms(last.gap_fraction) if kind is action else GAP_BETWEEN_KINDS_MS)
        for kind, last in history.last_starts.items()
    ]
    until = max(ends, default=now)
    return [Hold(HoldCode.GAP, until)] if until > now else []


def _within_hours(settings: PacingSettings, free_at: int, holds: list[Hold], now: int) -> Opening:
    if not settings.is_on or settings.hours is None:
        return Opening(free_at, tuple(holds))
    opens_at = settings.hours.next_open(free_at)
    closes_at = settings.hours.next_close(opens_at)
    if opens_at > free_at:
        # Closed when everything else lets go, whether it is open now or not.
        return Opening(opens_at, (*holds, Hold(HoldCode.OUTSIDE_HOURS, opens_at)), closes_at)
    return Opening(opens_at, (*holds, *_closed_now(settings, now)), closes_at)


def _closed_now(settings: PacingSettings, now: int) -> list[Hold]:
    if not settings.is_on or settings.hours is None or settings.hours.is_open(now):
        return []
    return [Hold(HoldCode.OUTSIDE_HOURS, settings.hours.next_open(now))]


def _end_of(hold: Hold) -> float:
    return float("inf") if hold.until is None else hold.until
