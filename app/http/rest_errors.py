"""Errors as REST shows them: one shape, one table of codes and statuses."""

from typing import Any

from app.domain.error_codes import ERROR_CODES, doc_url
from app.domain.errors import BadInput, ZenModeError

RETRY_WHEN_UNAVAILABLE_SECONDS = 5

_ROWS = {row.graphql: row for row in ERROR_CODES if row.graphql}
STATUS_OF_CODE = {row.rest: row.status for row in ERROR_CODES if row.rest}
_REQUEST_TIMEOUT = 408


class MethodNotAllowed(ZenModeError):
    """The path is known, the method is not."""

    code = "METHOD_NOT_ALLOWED"


class BodyTooLarge(ZenModeError):
    """More was sent than a body may have."""

    code = "BODY_TOO_LARGE"


class BodyTooLate(BadInput):
    """The body has not arrived in time."""


class UnsupportedMediaType(ZenModeError):
    """The body is not announced as JSON, or is compressed."""

    code = "UNSUPPORTED_MEDIA_TYPE"


class UnsupportedContentCoding(UnsupportedMediaType):
    """The body is compressed."""


def status_and_code(error: ZenModeError, conflict_code: str) -> tuple[int, str]:
    """What an error is in REST; a conflict is called as its route calls it."""
    row = _ROWS.get(error.code)
    if row is None or row.rest is None:
        row = _ROWS["INTERNAL"]
    status = _REQUEST_TIMEOUT if isinstance(error, BodyTooLate) else row.status
    return status, conflict_code if error.code == "CONFLICT" else str(row.rest)


def error_body(
    error: ZenModeError, code: str, request_id: str, public_url: str | None = None
) -> dict[str, Any]:
    """The body of an answer that is an error."""
    body: dict[str, Any] = {"error": error.message, "code": code}
    if error.details:
        body["details"] = [{"field": one.name, "message": one.message} for one in error.details]
    return {**body, "request_id": request_id, "doc_url": doc_url(code, public_url)}


def error_headers(error: ZenModeError, status: int) -> dict[str, str]:
    """The header fields that belong to an error."""
    headers: dict[str, str] = {}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, UnsupportedContentCoding):
        headers["Accept-Encoding"] = "identity"
    if status == 503:
        headers["Retry-After"] = str(RETRY_WHEN_UNAVAILABLE_SECONDS)
    elif error.retry_after is not None:
        headers["Retry-After"] = str(error.retry_after)
    return headers
