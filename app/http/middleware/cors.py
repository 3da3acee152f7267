"""Which pages of other origins may call us: those in the settings, and with a token only."""

from collections.abc import Sequence
from typing import Final

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp

_SENT: Final = ("Authorization", "Content-Type", "Idempotency-Key", "X-Request-Id")
_READ: Final = (
    "Idempotency-Replayed",
    "RateLimit",
    "RateLimit-Policy",
    "Retry-After",
    "X-RateLimit-Limit",
    "X-RateLimit-Remaining",
    "X-RateLimit-Reset",
    "X-Request-Id",
)
_PREFLIGHT_SECONDS: Final = 600


def with_cors(app: ASGIApp, origins: Sequence[str]) -> ASGIApp:
    """The app, open to pages of these origins; without any, as it is."""
    if not origins:
        return app
    return CORSMiddleware(
        app,
        allow_origins=origins,
        allow_methods=("DELETE", "GET", "POST"),
        allow_headers=_SENT,
        expose_headers=_READ,
        max_age=_PREFLIGHT_SECONDS,
    )
