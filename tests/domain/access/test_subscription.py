"""When a workspace may use the product."""

import pytest

from app.domain.access.subscription import NEVER_ENDING, SubscriptionStatus, is_active


@pytest.mark.parametrize("status", SubscriptionStatus)
def test_only_a_trial_and_a_paid_subscription_are_active(status: SubscriptionStatus) -> None:
    expected = status in {SubscriptionStatus.TRIALING, SubscriptionStatus.ACTIVE}
    assert is_active(status, None, now=0) is expected
    assert not is_active(status, 1_000, now=1_000)


def test_a_subscription_is_active_up_to_its_end() -> None:
    assert is_active("active", 1_000, now=999)
    assert not is_active("trialing", 1_000, now=1_001)


def test_without_billing_a_workspace_is_always_active() -> None:
    assert is_active(NEVER_ENDING.status, NEVER_ENDING.ends_at, now=2**62)


def test_an_unknown_status_is_not_active() -> None:
    assert not is_active("paused", None, now=0)
