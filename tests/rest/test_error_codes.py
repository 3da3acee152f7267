"""Every error that a module of the product defines has its row in the table of error codes."""

from collections.abc import Iterator

import app.cli
import app.http.graphql_app
import app.rest.rest_app
from app.domain.error_codes import ERROR_CODES, rest_codes
from app.domain.errors import ZenModeError
from app.rest.router import ROUTES

# With these, every module that may define an error is imported.
_ = (app.cli, app.http.graphql_app, app.rest.rest_app)


def every_kind(of: type[ZenModeError] = ZenModeError) -> Iterator[type[ZenModeError]]:
    yield of
    for kind in of.__subclasses__():
        yield from every_kind(kind)


def test_every_error_has_a_row() -> None:
    rows = {row.code for row in ERROR_CODES}

    assert {kind.code for kind in every_kind() if kind.__module__.startswith("app.")} <= rows


def test_every_row_has_an_error() -> None:
    assert {row.code for row in ERROR_CODES} <= {kind.code for kind in every_kind()}


def test_every_code_of_a_rest_route_has_a_row() -> None:
    assert {code for route in ROUTES for code in route.codes} <= rest_codes().keys()
