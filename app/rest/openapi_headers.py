"""Response headers of the REST API, as the OpenAPI document names them."""

from typing import Any, Final

Json = dict[str, Any]


def _header(description: str, kind: str = "string") -> Json:
    return {"description": description, "schema": {"type": kind}}


HEADERS: Final[dict[str, Json]] = {
    "X-Request-Id": _header("The id of this request. Include it when you contact support."),
    "RateLimit-Policy": _header('The limit and its window in seconds: `"requests";q=100;w=60`.'),
    "RateLimit": _header(
        'Requests left, and seconds until the next one is free: `"requests";r=99;t=1`.'
    ),
    "X-RateLimit-Limit": _header("Requests allowed in any 60 seconds.", "integer"),
    "X-RateLimit-Remaining": _header("Requests left.", "integer"),
    "X-RateLimit-Reset": _header("Seconds until another request is free.", "integer"),
    "Retry-After": _header("Seconds to wait before the next request.", "integer"),
    "Allow": _header("The methods that this path has."),
    "Idempotency-Replayed": _header("`true` if this is the task of an earlier request."),
}
_ALWAYS: Final = ("X-Request-Id",)
_REFUSALS: Final = {405: ("Allow",), 429: ("Retry-After",), 503: ("Retry-After",)}
_RATE_LIMIT: Final = tuple(name for name in HEADERS if "RateLimit" in name)


def success_headers(operation: str) -> Json:
    """The headers of a response that is no error."""
    replayed = ("Idempotency-Replayed",) if operation == "createTask" else ()
    return _references((*_ALWAYS, *_RATE_LIMIT, *replayed))


def refusal_headers(status: int) -> Json:
    """The headers of an error response."""
    return _references((*_ALWAYS, *_REFUSALS.get(status, ())))


def _references(names: tuple[str, ...]) -> Json:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}
