"""What HTTP itself refuses, and the status of each refusal."""

from typing import Final

from app.domain.errors import (
    BadInput,
    Forbidden,
    RateLimited,
    Unauthenticated,
    Unavailable,
    ZenModeError,
)
from app.http.json_body import ACCEPTED_CODING

_RETRY_SECONDS: Final = 5


class MethodNotAllowed(BadInput):
    """The method does not go with what is asked for."""


class UnsupportedMediaType(BadInput):
    """The body is not announced as JSON."""


class UnsupportedContentCoding(UnsupportedMediaType):
    """The body is compressed."""


class BodyTooLarge(BadInput):
    """The body has more bytes than may be sent."""


class BodyTooLate(BadInput):
    """The body has not arrived in time."""


class PersistedQueryNotSupported(ZenModeError):
    """The document is named by its hash; told so, clients send its text (Apollo's convention)."""

    code = "PERSISTED_QUERY_NOT_SUPPORTED"

    def __init__(self) -> None:
        super().__init__("PersistedQueryNotSupported")


_STATUSES: Final[tuple[tuple[type[ZenModeError], int], ...]] = (
    # Clients that ask in this way look into the body of a 200 alone.
    (PersistedQueryNotSupported, 200),
    (MethodNotAllowed, 405),
    (UnsupportedMediaType, 415),
    (BodyTooLarge, 413),
    (BodyTooLate, 408),
    (BadInput, 400),
    (Unauthenticated, 401),
    (Forbidden, 403),
    (RateLimited, 429),
    (Unavailable, 503),
)


def status_of(error: ZenModeError) -> int:
    """The status of an answer that is nothing but this refusal."""
    return next((status for kind, status in _STATUSES if isinstance(error, kind)), 500)


def headers_of(error: ZenModeError, allow: str) -> dict[str, str]:
    """The header fields that belong to a refusal; `allow` are the methods there are."""
    if isinstance(error, MethodNotAllowed):
        return {"Allow": allow}
    if isinstance(error, UnsupportedContentCoding):
        return ACCEPTED_CODING
    if isinstance(error, Unauthenticated):
        return {"WWW-Authenticate": "Bearer"}
    if isinstance(error, Unavailable):
        return {"Retry-After": str(error.retry_after or _RETRY_SECONDS)}
    if isinstance(error, RateLimited):
        return {"Retry-After": str(max(error.retry_after or 1, 1))}
    return {}
