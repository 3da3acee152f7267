"""How much of each limit of an account is used, and when more is left."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.pacing.limits import (
    DEFAULT_PACES,
    DEFAULT_TOTAL_PER_DAY,
    ActionPace,
    LimitWindow,
    Ramp,
    advice_on,
)
from app.domain.pacing.opening import AccountHistory, PacingSettings, opening_of
from app.domain.tasks.task import ActionType


@dataclass(frozen=True, slots=True)
class LimitUse:
    """One limit as it is now; times in milliseconds.

    `action` is None for all kinds together. `limit` has the ramp in it, `full_limit` is what holds
    once the ramp has ended. `reset_at` is when
    `remaining` next grows, `next_allowed_at` when the next action of the kind may begin; both are
    None when there is nothing to wait for, `next_allowed_at` also when it may never begin.
    """

    action: ActionType | None
    window: LimitWindow
    limit: int
    full_limit: int
    used: int
    reset_at: int | None
    next_allowed_at: int | None
    pace: ActionPace | None
    is_default: bool
    advice: str | None

    @property
    def remaining(self) -> int:
        """How many more may begin within the window."""
        return max(0, self.limit - self.used)


def limit_uses(settings: PacingSettings, history: AccountHistory, now: int) -> list[LimitUse]:
    """Returns every limit: of each kind of action a day and a week, then of all kinds a day."""
    uses = [
        _use_of_kind(action, window, settings, history, now)
        for action in ActionType
        for window in LimitWindow
    ]
    total, day = settings.total_per_day, LimitWindow.DAY
    limit, used, reset_at = _now(history.total, total, day, settings.ramp, now)
    is_default = total == DEFAULT_TOTAL_PER_DAY
    return [*uses, LimitUse(None, day, limit, total, used, reset_at, None, None, is_default, None)]


def _use_of_kind(
    action: ActionType,
    window: LimitWindow,
    settings: PacingSettings,
    history: AccountHistory,
    now: int,
) -> LimitUse:
    pace = settings.paces[action]
    full = pace.limit(window)
    limit, used, reset_at = _now(history.counted[action], full, window, settings.ramp, now)
    opens_at = opening_of(action, settings, history, now).opens_at
    return LimitUse(
        action=action,
        window=window,
        limit=limit,
        full_limit=full,
        used=used,
        reset_at=reset_at,
        next_allowed_at=None if opens_at is None or opens_at <= now else opens_at,
        pace=pace,
        is_default=full == DEFAULT_PACES[action].limit(window),
        advice=advice_on(action, window, full),
    )


def _now(
    times: Sequence[int], full: int, window: LimitWindow, ramp: Ramp, now: int
) -> tuple[int, int, int | None]:
    """The limit, how much of it is used, and when more is left."""
    counted = [at for at in times if at > now - window.milliseconds]
    limit, used = ramp.limit_at(full, now), len(counted)
    return limit, used, _grows_at(counted, full, window, ramp, now)


def _grows_at(
    counted: Sequence[int], full: int, window: LimitWindow, ramp: Ramp, now: int
) -> int | None:
    left = max(0, ramp.limit_at(full, now) - len(counted))
    moments = {at + window.milliseconds for at in counted}
    step = ramp.next_step(now)
    while step is not None and step <= now + window.milliseconds:
        moments.add(step)
        step = ramp.next_step(step)
    for moment in sorted(moments):
        still = sum(1 for at in counted if at > moment - window.milliseconds)
        if max(0, ramp.limit_at(full, moment) - still) > left:
            return moment
    return None
