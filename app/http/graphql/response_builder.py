"""The body, status and header fields of a GraphQL answer."""

from collections.abc import Mapping
from typing import Any, Final

import orjson
from graphql import ExecutionResult, GraphQLError
from starlette.responses import Response

from app.domain.error_codes import row_of
from app.domain.errors import Unavailable, ZenModeError
from app.graphql_engine.document import Refusal
from app.graphql_engine.error_format import ErrorFormat, codes_of, to_graphql_error
from app.http.graphql.media_type import GRAPHQL
from app.http.http_errors import error_headers

ALLOWED_METHODS: Final = "GET, POST"
Body = dict[str, Any]


class ResponseBuilder:
    """Forms the answers to one request."""

    def __init__(self, errors: ErrorFormat, request_id: str, media_type: str) -> None:
        self._errors = errors
        self._request_id = request_id
        self._media_type = media_type

    def body(self, result: ExecutionResult | Refusal) -> Body:
        """What was found out, or why nothing was: then there is no `data` at all."""
        found = {"data": result.data} if isinstance(result, ExecutionResult) else {}
        if not result.errors:
            return found
        return {"errors": self._errors.every(result.errors, self._request_id), **found}

    def executed(self, result: ExecutionResult, headers: Mapping[str, str]) -> Response:
        """An operation that ran, however it went; it is a 503 when the database was away."""
        body = self.body(result)
        if "UNAVAILABLE" in codes_of(body.get("errors", ())):
            return self._response(body, 503, {**headers, **error_headers(Unavailable(""))})
        return self._response(body, 200, headers)

    def not_executed(
        self, refusal: Refusal, headers: Mapping[str, str], status: int | None = None
    ) -> Response:
        """A document that may not run: what HTTP says of it depends on what the caller can read."""
        by_type = 400 if self._media_type == GRAPHQL else 200
        return self._response(self.body(refusal), status or by_type, headers)

    def refused(self, error: ZenModeError) -> Response:
        """A request that was turned away before its document was looked at."""
        body = self.body(Refusal([to_graphql_error(error)]))
        return self._response(body, row_of(error).status, error_headers(error, ALLOWED_METHODS))

    def broken(self, error: Exception) -> Response:
        """The response to a request that raised an unexpected error."""
        return self._response(self.body(Refusal([GraphQLError("", original_error=error)])), 500, {})

    def _response(self, body: Body, status: int, headers: Mapping[str, str]) -> Response:
        return Response(
            orjson.dumps(body),
            status,
            {
                "Content-Type": f"{self._media_type}; charset=utf-8",
                "Cache-Control": "no-store",
                **headers,
            },
        )
