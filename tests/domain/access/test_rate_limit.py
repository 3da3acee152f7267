"""The shares of a rate limit that callers without a credential have."""

import pytest

from app.domain.access.caller import Caller, CallerKind
from app.domain.access.rate_limit import anonymous_limit, rate_limit_of, sign_in_limit


@pytest.mark.parametrize(
    ("per_minute", "anonymous", "sign_ins"),
    [(100, 60, 10), (1_000, 600, 100), (5, 3, 1), (1, 1, 1)],
)
def test_addresses_get_a_share_and_at_least_one(
    per_minute: int, anonymous: int, sign_ins: int
) -> None:
    assert (anonymous_limit(per_minute), sign_in_limit(per_minute)) == (anonymous, sign_ins)


def test_keys_share_their_workspaces_limit_and_people_and_agents_have_six_times_as_much() -> None:
    def limit_of(kind: CallerKind) -> tuple[str, int]:
        return rate_limit_of(Caller(kind, "ws_1", "id_1", None, True), 100)

    assert limit_of(CallerKind.API_KEY) == ("workspace:ws_1", 100)
    assert limit_of(CallerKind.SESSION) == ("session:id_1", 600)
    assert limit_of(CallerKind.AGENT) == ("agent:id_1", 600)
