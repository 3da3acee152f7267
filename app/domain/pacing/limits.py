"""How many actions an account may begin, and how far apart: the defaults, the bounds, the ramp.

LinkedIn publishes no numbers. The defaults follow what tools of this field publish as safe:

- connect: Edges 25 a day; Salesflow 15; Unipile 80-100 a day for paying members and about 150 a
  week for others; "about 100 a week" elsewhere. Five working days at 18 are the week's 90.
- message: NIXZ 30; Salesflow 20, at most 100; gtm-api 50, one every 480 s.
- follow: gtm-api 40, shared with other actions.
- view_profile: Captain Data 80; Unipile 80-100; Salesflow 20.
- withdraw_connection: Salesflow 40.
- all together: "about 120 interactions a day".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.tasks.task import ActionType
from app.domain.times import MS_PER_DAY, MS_PER_SECOND

DEFAULT_TOTAL_PER_DAY = 120
DEFAULT_RAMP_DAYS = 14
GAP_BETWEEN_KINDS_MS = 30 * MS_PER_SECOND

MOST_PER_DAY = 500
MOST_PER_WEEK = 2_500
MOST_GAP_SECONDS = 86_400
MOST_RAMP_DAYS = 90

_RAMP_START_PERCENT = 20


class LimitWindow(StrEnum):
    """The rolling window of a limit: 24 hours, or 7 times 24 hours."""

    DAY = "day"
    WEEK = "week"

    @property
    def milliseconds(self) -> int:
        """How long the window is."""
        return MS_PER_DAY if self is LimitWindow.DAY else 7 * MS_PER_DAY


@dataclass(frozen=True, slots=True)
class ActionPace:
    """One kind of action: limits for each window, and the range of the gap in seconds."""

    per_day: int
    per_week: int
    gap_min_seconds: int
    gap_max_seconds: int

    def limit(self, window: LimitWindow) -> int:
        """The full limit of a window, without the ramp."""
        return self.per_day if window is LimitWindow.DAY else self.per_week

    def gap_ms(self, fraction: float) -> int:
        """The gap after an action that drew `fraction` (0 to 1) of the range, in milliseconds."""
        spread = self.gap_max_seconds - self.gap_min_seconds
        return round((self.gap_min_seconds + fraction * spread) * MS_PER_SECOND)


DEFAULT_PACES: Mapping[ActionType, ActionPace] = {
    ActionType.CONNECT: ActionPace(18, 90, 4 * 60, 10 * 60),
    ActionType.MESSAGE: ActionPace(30, 150, 2 * 60, 8 * 60),
    ActionType.FOLLOW: ActionPace(30, 150, 60, 4 * 60),
    ActionType.VIEW_PROFILE: ActionPace(60, 300, 45, 180),
    ActionType.WITHDRAW_CONNECTION: ActionPace(30, 150, 60, 4 * 60),
}

# Above these the settings answer with advice; nothing is forbidden.
_ADVISED: Mapping[tuple[ActionType, LimitWindow], tuple[int, str]] = {
    (ActionType.CONNECT, LimitWindow.DAY): (
        30,
        "More than 30 invitations a day is above what LinkedIn tolerates on many accounts.",
    ),
    (ActionType.CONNECT, LimitWindow.WEEK): (
        100,
        "LinkedIn stops many accounts at about 100 invitations a week.",
    ),
    (ActionType.MESSAGE, LimitWindow.DAY): (
        80,
        "More than 80 messages a day is above what tools of this field advise.",
    ),
    (ActionType.VIEW_PROFILE, LimitWindow.DAY): (
        100,
        "More than 100 profile views a day is above what tools of this field advise.",
    ),
}


def advice_on(action: ActionType | None, window: LimitWindow, limit: int) -> str | None:
    """A sentence about a limit that is set high, or None."""
    if action is None or (action, window) not in _ADVISED:
        return None
    threshold, sentence = _ADVISED[action, window]
    return sentence if limit > threshold else None


@dataclass(frozen=True, slots=True)
class Ramp:
    """The slow start of a new account: 20 % of each limit at first, all of it after `days`.

    It grows once every 24 hours, counted from `connected_at` (milliseconds). Zero days: no ramp.
    """

    connected_at: int
    days: int

    @property
    def ends_at(self) -> int | None:
        """When the full limits hold; None without a ramp."""
        return self.connected_at + self.days * MS_PER_DAY if self.days else None

    def limit_at(self, full: int, at: int) -> int:
        """The limit at a time: rounded up, at least 1 unless the full limit is 0."""
        day = self._day(at)
        if full == 0 or day >= self.days:
            return full
        share = _RAMP_START_PERCENT * self.days + (100 - _RAMP_START_PERCENT) * day
        return max(1, -(-full * share // (100 * self.days)))

    def next_step(self, at: int) -> int | None:
        """When the limits next grow; None once the ramp has ended."""
        day = self._day(at)
        return None if day >= self.days else self.connected_at + (day + 1) * MS_PER_DAY

    def _day(self, at: int) -> int:
        return max(0, (at - self.connected_at) // MS_PER_DAY)
