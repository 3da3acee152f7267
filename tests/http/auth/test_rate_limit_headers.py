"""What an answer says of its caller's budget."""

from app.domain.access.rate_limit import RateLimit
from app.http.auth.rate_limit_headers import rate_limit_headers


def test_the_draft_s_fields_and_the_older_ones_say_the_same() -> None:
    assert rate_limit_headers(RateLimit(100, 60, 99, 60)) == {
        "RateLimit-Policy": '"requests";q=100;w=60',
        "RateLimit": '"requests";r=99;t=60',
        "X-RateLimit-Limit": "100",
        "X-RateLimit-Remaining": "99",
        "X-RateLimit-Reset": "60",
    }


def test_who_is_over_the_budget_learns_when_to_come_back() -> None:
    fields = rate_limit_headers(RateLimit(100, 60, 0, 0, is_exceeded=True))
    assert fields["Retry-After"] == "1"


def test_what_could_not_be_counted_is_not_reported() -> None:
    assert rate_limit_headers(None) == {}
