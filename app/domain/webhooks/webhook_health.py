"""The health of a webhook, from its attempts."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.webhooks.attempt_result import AttemptResult


class WebhookState(StrEnum):
    """Whether events reach a webhook, according to the latest attempt."""

    UNUSED = "unused"
    HEALTHY = "healthy"
    FAILING = "failing"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True)
class WebhookHealth:
    """What the latest attempts at a webhook's URL show. Times in milliseconds.

    `failing_since` is when the first of `failures_in_a_row` began, None after a success.
    """

    last_attempt_at: int | None = None
    last_error: str | None = None
    failures_in_a_row: int = 0
    failing_since: int | None = None

    def after(self, started_at: int, result: AttemptResult) -> "WebhookHealth":
        """The health after one more attempt has ended."""
        latest = max(started_at, self.last_attempt_at or 0)
        if result.succeeded:
            return WebhookHealth(latest)
        since = self.failing_since if self.failures_in_a_row else None
        return WebhookHealth(
            latest,
            result.problem,
            self.failures_in_a_row + 1,
            started_at if since is None else since,
        )

    def state(self, *, is_enabled: bool) -> WebhookState:
        """Returns the health in one word."""
        if not is_enabled:
            return WebhookState.DISABLED
        if self.last_attempt_at is None:
            return WebhookState.UNUSED
        return WebhookState.FAILING if self.failures_in_a_row else WebhookState.HEALTHY
