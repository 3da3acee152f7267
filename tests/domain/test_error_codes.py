"""The table of error codes that callers read."""

import pytest

from app.domain.error_codes import ERROR_CODES, doc_url, rest_codes, rest_row_of, row_of
from app.domain.errors import (
    BodyTooLarge,
    BodyTooLate,
    LeaseLost,
    MethodNotAllowed,
    TaskNotCancellable,
    UnsupportedContentCoding,
    ZenModeError,
)


def test_no_code_has_two_rows() -> None:
    codes = [row.code for row in ERROR_CODES]

    assert len(set(codes)) == len(codes)


def test_a_broader_code_has_a_row_of_its_own() -> None:
    rows = {row.code: row for row in ERROR_CODES}

    assert [row.code for row in ERROR_CODES if row.broader and rows[row.broader].broader] == []


@pytest.mark.parametrize(
    ("error", "graphql", "rest", "status"),
    [
        (TaskNotCancellable("x"), "CONFLICT", "task_not_cancellable", 400),
        (MethodNotAllowed("x"), "BAD_USER_INPUT", "method_not_allowed", 405),
        (BodyTooLate("x"), "BAD_USER_INPUT", "invalid_request", 408),
        (BodyTooLarge("x"), "BAD_USER_INPUT", "body_too_large", 413),
        (UnsupportedContentCoding("x"), "BAD_USER_INPUT", "unsupported_media_type", 415),
    ],
)
def test_graphql_has_a_broader_code_for_what_rest_names(
    error: ZenModeError, graphql: str, rest: str, status: int
) -> None:
    row = row_of(error)

    assert (row.graphql, row.rest, row.status) == (graphql, rest, status)


def test_rest_masks_an_error_that_it_lacks() -> None:
    row = rest_row_of(LeaseLost("x"))

    assert (row.rest, row.status) == ("internal_error", 500)


def test_the_usual_status_of_a_code_is_that_of_its_first_row() -> None:
    assert rest_codes()["invalid_request"] == 400


def test_a_link_is_absolute_if_the_public_address_is_known() -> None:
    assert doc_url("not_found", None) == "/docs/errors#not_found"
    assert (
        doc_url("not_found", "https://zen.example/") == "https://zen.example/docs/errors#not_found"
    )
