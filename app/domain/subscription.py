"""Billing: whether a workspace may use the product."""

from enum import StrEnum

from app.domain.times import MS_PER_DAY

TRIAL_MS = 14 * MS_PER_DAY


class SubscriptionStatus(StrEnum):
    """What billing says of a workspace."""

    TRIALING = "trialing"
    ACTIVE = "active"
    PAST_DUE = "past_due"
    CANCELLED = "cancelled"


def is_active(status: str, ends_at: int | None, now: int) -> bool:
    """True while trialing or active and not past the end (milliseconds; None has no end)."""
    if status not in (SubscriptionStatus.TRIALING, SubscriptionStatus.ACTIVE):
        return False
    return ends_at is None or ends_at > now
