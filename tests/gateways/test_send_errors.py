"""What went wrong, in words."""

import pytest

from app.gateways.receivers.resolver import NotAskedError, RefusedAddressError, UnresolvedError
from app.gateways.receivers.send_errors import describe, redirect_in_words

_URL = "https://hooks.example.com/old?a=b"


@pytest.mark.parametrize(
    ("location", "target"),
    [
        (b"https://www.example.com/new", "https://www.example.com/new"),
        (b"/new", "https://hooks.example.com/new"),
        (b"new?c=d", "https://hooks.example.com/new?c=d"),
        (b"//other.example.com/x", "https://other.example.com/x"),
        (b"http://[::1", "http://[::1"),
        (b"/\x1b[31m\xff\xe2\x80\xae", "https://hooks.example.com/\ufffd[31m\ufffd\ufffd"),
        (b"", _URL),
    ],
)
def test_a_redirect_says_where_the_receiver_leads_to(location: bytes, target: str) -> None:
    words = f"redirects are not followed; the receiver leads to {target}"
    assert redirect_in_words(_URL, location) == words


def test_a_redirect_to_nowhere_and_an_endless_one_are_short() -> None:
    assert redirect_in_words(_URL, None) == "redirects are not followed"
    assert len(redirect_in_words(_URL, b"/" + b"x" * 60_000)) < 500


def test_a_name_that_was_not_looked_up_is_not_said_to_be_unknown() -> None:
    said = {describe(kind("x")) for kind in (UnresolvedError, NotAskedError, RefusedAddressError)}
    assert said == {
        "the host name does not resolve",
        "the host name could not be looked up",
        "the address cannot be reached",
    }
