"""Which requests come from a page of ours."""

import pytest
from structlog.testing import capture_logs

from app.http.auth.origin import OwnOrigin


def sent(public_url: str | None, scheme: str, **fields: str) -> bool:
    headers = [(name.replace("_", "-").encode(), value.encode()) for name, value in fields.items()]
    return OwnOrigin(public_url).sent({"type": "http", "scheme": scheme, "headers": headers})


@pytest.mark.parametrize(
    ("scheme", "host", "origin", "is_ours"),
    [
        ("http", "a.example", "http://a.example", True),
        ("http", "a.example:80", "http://a.example", True),
        ("http", "A.example", "http://a.EXAMPLE:80", True),
        ("ws", "a.example:8000", "http://a.example:8000", True),
        ("wss", "a.example", "https://a.example", True),
        ("http", "[::1]:8000", "http://[::1]:8000", True),
        ("http", "a.example", "https://a.example", False),
        ("http", "a.example", "http://a.example:8080", False),
        ("http", "a.example", "http://b.a.example", False),
        ("http", "a.example", "null", False),
        ("http", "a.example", "", False),
        ("http", "", "http://", False),
        ("http", "a.example:x", "http://a.example:x", False),
        ("http", "a.example", "http://[", False),
    ],
)
def test_without_a_public_address_our_origin_is_where_the_request_went(
    scheme: str, host: str, origin: str, is_ours: bool
) -> None:
    assert sent(None, scheme, host=host, origin=origin) is is_ours


def test_with_a_public_address_that_alone_is_our_origin() -> None:
    public = "https://a.example/"
    assert sent(public, "http", host="10.0.0.1:8000", origin="https://a.example")
    assert not sent(public, "http", host="10.0.0.1:8000", origin="http://10.0.0.1:8000")


def test_the_browser_s_word_on_the_site_counts_too() -> None:
    assert sent(None, "http", host="a", sec_fetch_site="same-origin")
    for site in ("cross-site", "same-site", "none", ""):
        assert not sent(None, "http", host="a", sec_fetch_site=site)
        assert not sent(None, "http", host="a", sec_fetch_site=site, origin="http://a")
    assert not sent(None, "http", host="a", sec_fetch_site="same-origin", origin="http://b")


def test_without_a_word_of_the_browser_nothing_is_ours() -> None:
    assert not sent(None, "http", host="a.example")


def test_two_hosts_are_no_address() -> None:
    hosts = [(b"host", b"a"), (b"host", b"b"), (b"origin", b"http://a")]
    assert not OwnOrigin(None).sent({"type": "http", "scheme": "http", "headers": hosts})


def test_a_foreign_origin_is_reported_once_with_what_was_expected_and_the_setting() -> None:
    own = OwnOrigin(None)

    def ask(host: str, origin: str) -> None:
        headers = [(b"host", host.encode()), (b"origin", origin.encode())]
        assert not own.sent({"type": "http", "scheme": "http", "headers": headers})

    with capture_logs() as told:
        for _ in range(3):
            ask("zen.example", "https://zen.example")
        ask("other.example", "https://zen.example")

    assert [(one["came"], one["expected"]) for one in told] == [
        ("https://zen.example", "http://zen.example:80"),
        ("https://zen.example", "http://other.example:80"),
    ]
    assert all("ZENMODE_PUBLIC_URL" in one["hint"] for one in told)


def test_a_handshake_from_a_foreign_origin_is_reported_as_well() -> None:
    headers = [(b"host", b"zen.example"), (b"origin", b"https://zen.example")]
    with capture_logs() as told:
        assert OwnOrigin(None).is_foreign({"type": "websocket", "scheme": "ws", "headers": headers})

    assert [one["event"] for one in told] == ["foreign_origin_refused"]


def test_no_number_of_origins_fills_the_log() -> None:
    own = OwnOrigin("https://zen.example")
    with capture_logs() as told:
        for number in range(1_000):
            origin = f"https://{'x' * 5_000}{number}.example".encode()
            own.is_foreign({"type": "http", "scheme": "http", "headers": [(b"origin", origin)]})

    assert len(told) <= 100
    assert max(len(one["came"]) for one in told) <= 200


def test_our_own_origin_is_not_worth_a_line() -> None:
    with capture_logs() as told:
        sent("https://zen.example", "http", host="10.0.0.1", origin="https://zen.example")

    assert told == []
