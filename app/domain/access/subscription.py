"""Billing: whether a workspace may use the product."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.times import MS_PER_DAY

TRIAL_MS = 14 * MS_PER_DAY


class SubscriptionStatus(StrEnum):
    """Whether a workspace is paid for."""

    TRIALING = "trialing"
    ACTIVE = "active"
    PAST_DUE = "past_due"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class SubscriptionState:
    """What billing says of a workspace, and until when (milliseconds; None has no end)."""

    status: str
    ends_at: int | None


# What every workspace has on an installation without billing.
NEVER_ENDING = SubscriptionState(SubscriptionStatus.ACTIVE.value, None)


def is_active(status: str, ends_at: int | None, now: int) -> bool:
    """True while trialing or active and not past the end (milliseconds; None has no end)."""
    if status not in (SubscriptionStatus.TRIALING, SubscriptionStatus.ACTIVE):
        return False
    return ends_at is None or ends_at > now
