"""Errors as REST shows them: one shape, one table of codes and statuses."""

from typing import Any

from app.domain.errors import ZenModeError

RETRY_WHEN_UNAVAILABLE_SECONDS = 5

_TABLE: dict[str, tuple[int, str]] = {
    # First, as the code's own status is the one that stands last.
    "BODY_TOO_LATE": (408, "invalid_request"),
    "BAD_USER_INPUT": (400, "invalid_request"),
    "CONFLICT": (400, "conflict"),
    "IDEMPOTENCY_KEY_REUSED": (400, "idempotency_key_reused"),
    "UNAUTHENTICATED": (401, "invalid_api_key"),
    "NO_ACTIVE_SUBSCRIPTION": (403, "no_active_subscription"),
    "FORBIDDEN": (403, "forbidden"),
    "NOT_FOUND": (404, "not_found"),
    "METHOD_NOT_ALLOWED": (405, "method_not_allowed"),
    "BODY_TOO_LARGE": (413, "body_too_large"),
    "UNSUPPORTED_MEDIA_TYPE": (415, "unsupported_media_type"),
    "RATE_LIMITED": (429, "rate_limited"),
    "DAILY_TASK_LIMIT": (429, "daily_task_limit"),
    "INTERNAL": (500, "internal_error"),
    "UNAVAILABLE": (503, "unavailable"),
}
STATUS_OF_CODE = {code: status for status, code in _TABLE.values()} | {"task_not_cancellable": 400}


class MethodNotAllowed(ZenModeError):
    """The path is known, the method is not."""

    code = "METHOD_NOT_ALLOWED"


class BodyTooLarge(ZenModeError):
    """More was sent than a body may have."""

    code = "BODY_TOO_LARGE"


class BodyTooLate(ZenModeError):
    """The body has not arrived in time."""

    code = "BODY_TOO_LATE"


class UnsupportedMediaType(ZenModeError):
    """The body is not announced as JSON."""

    code = "UNSUPPORTED_MEDIA_TYPE"


def status_and_code(error: ZenModeError, conflict_code: str) -> tuple[int, str]:
    """What an error is in REST; a conflict is called as its route calls it."""
    status, code = _TABLE.get(error.code, _TABLE["INTERNAL"])
    return status, conflict_code if error.code == "CONFLICT" else code


def error_body(error: ZenModeError, code: str, request_id: str) -> dict[str, Any]:
    """The body of an answer that is an error."""
    body: dict[str, Any] = {"error": error.message, "code": code}
    if error.details:
        body["details"] = [{"field": one.name, "message": one.message} for one in error.details]
    return {**body, "request_id": request_id}


def error_headers(error: ZenModeError, status: int) -> dict[str, str]:
    """The header fields that belong to an error."""
    headers: dict[str, str] = {}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if status == 503:
        headers["Retry-After"] = str(RETRY_WHEN_UNAVAILABLE_SECONDS)
    elif error.retry_after is not None:
        headers["Retry-After"] = str(error.retry_after)
    return headers
