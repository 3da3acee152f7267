"""When a webhook is switched off: after five days of failures, or when the receiver is gone."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.domain.times import MS_PER_DAY
from app.domain.webhooks.attempt_result import AttemptResult

SWITCHED_OFF_BY_HAND = "switched off by hand"
_GIVE_UP_AFTER_MS = 5 * MS_PER_DAY
# Twice the longest wait between two attempts at one delivery. When a webhook was not tried for
# longer, it is unknown whether it would have failed, and the days are counted from the start.
_PAUSE_MS = 2 * MS_PER_DAY
_GONE = 410
_GONE_REASON = "the receiver answered 410 Gone"
_FAILING_REASON = "every attempt failed for five days"


@dataclass(frozen=True, slots=True)
class FailureStreak:
    """Since when every attempt at a webhook has failed, and when the last one did.

    `disabled_reason` is why it must be switched off, if it must.
    """

    failing_since: int | None
    last_failed_at: int | None
    disabled_reason: str | None = None

    def after(self, attempts: Iterable[tuple[int, AttemptResult]]) -> "FailureStreak":
        """The streak after attempts, each with the time in ms of its end, in that order."""
        streak = self
        for ended_at, result in attempts:
            streak = streak._after_one(ended_at, result)
        since, last = streak.failing_since, streak.last_failed_at
        if since is not None and last is not None and last - since >= _GIVE_UP_AFTER_MS:
            return replace(streak, disabled_reason=streak.disabled_reason or _FAILING_REASON)
        return streak

    def _after_one(self, ended_at: int, result: AttemptResult) -> "FailureStreak":
        if result.succeeded:
            return replace(self, failing_since=None)
        since, last = self.failing_since, self.last_failed_at
        if since is None or last is None or ended_at - last > _PAUSE_MS:
            since = ended_at
        reason = _GONE_REASON if is_gone(result) else self.disabled_reason
        return FailureStreak(since, max(ended_at, last or ended_at), reason)


def is_gone(result: AttemptResult) -> bool:
    """Whether the receiver is gone for good (RFC 9110, 15.5.11)."""
    return result.status_code == _GONE
