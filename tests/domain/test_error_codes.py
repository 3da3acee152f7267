"""Every error that can be raised has its row in the table that callers read."""

from collections.abc import Iterator

import app.http.http_errors
import app.http.rest_errors
from app.domain.error_codes import ERROR_CODES, doc_url
from app.domain.errors import MAX_DETAILS, BadInput, FieldError, ZenModeError
from app.rest.router import ROUTES

_ = (app.http.http_errors, app.http.rest_errors)


def every_kind(of: type[ZenModeError] = ZenModeError) -> Iterator[type[ZenModeError]]:
    yield of
    for kind in of.__subclasses__():
        yield from every_kind(kind)


def test_every_error_is_explained() -> None:
    explained = {row.graphql for row in ERROR_CODES}

    assert {kind.code for kind in every_kind() if kind.__module__.startswith("app.")} <= explained


def test_every_code_of_a_rest_route_is_explained() -> None:
    explained = {row.rest for row in ERROR_CODES}

    assert {code for row in ROUTES for code in (*row.codes, row.conflict_code)} <= explained


def test_no_code_is_explained_twice() -> None:
    codes = [code for row in ERROR_CODES for code in (row.graphql, row.rest) if code]

    assert len(set(codes)) == len(codes)


def test_a_link_is_absolute_where_the_public_address_is_known() -> None:
    assert doc_url("not_found", None) == "/docs/errors#not_found"
    assert (
        doc_url("not_found", "https://zen.example/") == "https://zen.example/docs/errors#not_found"
    )


def test_looking_for_bad_fields_ends_at_the_limit() -> None:
    looked_at = []

    def problems() -> Iterator[FieldError]:
        for number in range(1_000_000):
            looked_at.append(number)
            yield FieldError((f"x{number}",), "is odd")

    error = BadInput.of(problems())

    assert len(error.details) == MAX_DETAILS
    assert len(looked_at) == MAX_DETAILS
    assert error.message.endswith("; x9 is odd; and 90 more")
