"""Which bodies are announced as JSON in UTF-8."""

import pytest
from starlette.datastructures import Headers

from app.http.json_body import content_coding_problem, media_type_problem


@pytest.mark.parametrize(
    "parameters",
    [
        "",
        ";",
        "; charset=utf-8",
        ";charset=utf8",
        "; charset=UTF_8",
        '; charset="utf-8"',
        "; charset='utf-8'",
        '; charset="UTF8"',
        '; charset="utf\\-8"',
        "; Charset=us-ascii",
        "; charset=ASCII",
        "; charset=ANSI_X3.4-1968",
        "; charset=ISO_646.irv:1991",
        "; charset=unicode-1-1-utf-8",
        "; charset = utf-8",
        "; charset=",
        "; charset=utf-8; charset=utf8",
        "; odata=verbose; charset=utf-8",
        "; boundary=x",
    ],
)
def test_a_charset_that_names_utf_8_or_ascii_has_no_meaning(parameters: str) -> None:
    headers = Headers({"Content-Type": f"Application/JSON{parameters}"})

    assert media_type_problem(headers, b"{}") is None


@pytest.mark.parametrize(
    "charset", ["utf-16", "latin1", "iso-8859-1", "utf-7", "utf-8; charset=utf-16", "none"]
)
def test_another_charset_is_refused_in_words(charset: str) -> None:
    headers = Headers({"Content-Type": f"application/json; charset={charset}"})

    assert media_type_problem(headers, b"{}") == (
        "send the body in UTF-8; another charset is not accepted"
    )


@pytest.mark.parametrize("type_", ["text/plain", "", "application/json+x", "multipart/form-data"])
def test_another_media_type_is_refused_in_words(type_: str) -> None:
    assert media_type_problem(Headers({"Content-Type": type_}), b"{}") == (
        "send the body as Content-Type: application/json"
    )
    assert media_type_problem(Headers({}), b"{}") is not None


def test_nothing_is_of_no_type() -> None:
    assert media_type_problem(Headers({}), b"") is None


@pytest.mark.parametrize(
    ("fields", "is_refused"),
    [
        ([], False),
        (["identity"], False),
        (["Identity, "], False),
        (["gzip"], True),
        (["identity", "br"], True),
        (["deflate, identity"], True),
    ],
)
def test_only_a_body_that_is_not_compressed_is_read(fields: list[str], is_refused: bool) -> None:
    raw = [(b"content-encoding", one.encode()) for one in fields]

    assert (content_coding_problem(Headers(raw=raw)) is not None) is is_refused
