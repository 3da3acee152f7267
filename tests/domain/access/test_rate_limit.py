"""The shares of a rate limit that callers without a credential have."""

import pytest

from app.domain.access.rate_limit import anonymous_limit, sign_in_limit


@pytest.mark.parametrize(
    ("per_minute", "anonymous", "sign_ins"),
    [(100, 60, 10), (1_000, 600, 100), (5, 3, 1), (1, 1, 1)],
)
def test_addresses_get_a_share_and_at_least_one(
    per_minute: int, anonymous: int, sign_ins: int
) -> None:
    assert (anonymous_limit(per_minute), sign_in_limit(per_minute)) == (anonymous, sign_ins)
