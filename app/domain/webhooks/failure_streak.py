"""What attempts say about the webhook itself: that it works, that it fails, that it is gone."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.domain.times import MS_PER_DAY
from app.domain.webhooks.attempt_result import AttemptResult

SWITCHED_OFF_BY_HAND = "switched off by hand"
_GIVE_UP_AFTER_MS = 5 * MS_PER_DAY
# Twice the longest wait between two attempts at one delivery. When a webhook was not tried for
# longer, nobody knows whether it would have failed, and the days are counted anew.
_PAUSE_MS = 2 * MS_PER_DAY
_GONE = 410
_GONE_REASON = "the receiver answered 410 Gone"
_FAILING_REASON = "every attempt failed for five days"


@dataclass(frozen=True, slots=True)
class WebhookStanding:
    """How a webhook fares: since when every attempt has failed, and when the last one did.

    `disabled_reason` is why it must be switched off, if it must.
    """

    failing_since: int | None
    last_failed_at: int | None
    disabled_reason: str | None = None

    def after(self, attempts: Iterable[tuple[int, AttemptResult]]) -> "WebhookStanding":
        """The standing after attempts, each with the time in ms of its end, in that order."""
        standing = self
        for ended_at, result in attempts:
            standing = standing._after_one(ended_at, result)
        since, last = standing.failing_since, standing.last_failed_at
        if since is not None and last is not None and last - since >= _GIVE_UP_AFTER_MS:
            return replace(standing, disabled_reason=standing.disabled_reason or _FAILING_REASON)
        return standing

    def _after_one(self, ended_at: int, result: AttemptResult) -> "WebhookStanding":
        if result.succeeded:
            return replace(self, failing_since=None)
        since, last = self.failing_since, self.last_failed_at
        if since is None or last is None or ended_at - last > _PAUSE_MS:
            since = ended_at
        reason = _GONE_REASON if is_gone(result) else self.disabled_reason
        return WebhookStanding(since, max(ended_at, last or ended_at), reason)


def is_gone(result: AttemptResult) -> bool:
    """The receiver wants nothing more, ever (RFC 9110, 15.5.11)."""
    return result.status_code == _GONE
