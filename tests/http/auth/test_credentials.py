"""What a request shows of its caller."""

import pytest
from starlette.datastructures import Headers

from app.http.auth.credentials import Credentials, SessionCookies


def shown(*fields: tuple[str, str], is_public_over_https: bool = False) -> Credentials:
    raw = [(name.encode(), value.encode()) for name, value in fields]
    cookies = SessionCookies(is_public_over_https=is_public_over_https)
    return cookies.credentials(Headers(raw=raw))


@pytest.mark.parametrize(
    ("field", "bearer"),
    [
        ("Bearer zm_x", "zm_x"),
        ("bearer zm_x", "zm_x"),
        ("BEARER   zm_x ", "zm_x"),
        ("Bearer", ""),
        ("Bearer ", ""),
        ("Bearer a b", ""),
        ("Token zm_x", ""),
        ("zm_x", ""),
        ("", ""),
    ],
)
def test_a_token_is_one_word_after_bearer(field: str, bearer: str) -> None:
    assert shown(("authorization", field)).bearer == bearer


def test_two_tokens_are_a_bad_one() -> None:
    two = shown(("authorization", "Bearer a"), ("authorization", "Bearer a"))
    assert two.bearer == ""


def test_the_cookie_counts_where_there_is_no_token() -> None:
    cookie = ("cookie", "a=b; zenmode_session=abc; c=d")
    assert shown(cookie).session_token == "abc"
    assert shown(cookie).is_cookie
    assert not shown(cookie, ("authorization", "Bearer x")).is_cookie
    assert not shown(("cookie", "zenmode_session=; x=y")).is_cookie


def test_over_https_only_the_cookie_of_this_host_counts() -> None:
    fields = ("cookie", "zenmode_session=a; __Host-zenmode_session=b")
    assert shown(fields, is_public_over_https=True).session_token == "b"
    assert SessionCookies(is_public_over_https=True).set("t") == (
        "__Host-zenmode_session=t; Max-Age=7776000; Path=/; HttpOnly; SameSite=Lax; Secure"
    )


def test_an_agent_tells_its_version() -> None:
    assert shown(("user-agent", "zenmode-agent/1.2.3")).agent_version == "1.2.3"
    assert shown(("user-agent", "curl/8")).agent_version is None
