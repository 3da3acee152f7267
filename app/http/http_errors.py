"""Error responses: their header fields, and the body that REST and the pages send."""

from typing import Any, Final

from app.domain.error_codes import doc_url, rest_row_of
from app.domain.errors import (
    MethodNotAllowed,
    RateLimited,
    Unauthenticated,
    Unavailable,
    UnsupportedContentCoding,
    ZenModeError,
)
from app.http.json_body import ACCEPTED_CODING

RETRY_WHEN_UNAVAILABLE_SECONDS: Final = 5


def error_headers(error: ZenModeError, allow: str = "") -> dict[str, str]:
    """Returns the header fields of an error response; `allow` lists the methods of the path."""
    if isinstance(error, MethodNotAllowed) and allow:
        return {"Allow": allow}
    if isinstance(error, UnsupportedContentCoding):
        return dict(ACCEPTED_CODING)
    if isinstance(error, Unauthenticated):
        return {"WWW-Authenticate": "Bearer"}
    if isinstance(error, Unavailable):
        return {"Retry-After": str(RETRY_WHEN_UNAVAILABLE_SECONDS)}
    if isinstance(error, RateLimited) or error.retry_after is not None:
        return {"Retry-After": str(1 if error.retry_after is None else error.retry_after)}
    return {}


def rest_body(
    error: ZenModeError, request_id: str, public_url: str | None = None
) -> dict[str, Any]:
    """Returns the body of an error response in REST's names."""
    code = str(rest_row_of(error).rest)
    body: dict[str, Any] = {"error": error.message, "code": code}
    if error.details:
        body["details"] = [{"field": one.name, "message": one.message} for one in error.details]
    return {**body, "request_id": request_id, "doc_url": doc_url(code, public_url)}
