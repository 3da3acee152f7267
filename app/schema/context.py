"""What every resolver can see: the room, the caller, the request."""

from dataclasses import dataclass, field
from typing import TypeAlias

from strawberry.types import Info

from app.domain.access.caller import Caller
from app.services.services import Services


@dataclass(slots=True)
class SessionCookie:
    """What becomes of the session cookie with this answer: set, cleared, or left alone."""

    token: str | None = None
    is_cleared: bool = False


@dataclass(slots=True)
class Context:
    """One request's, or one socket's, surroundings. `address` is the caller's network address."""

    services: Services
    caller: Caller | None
    request_id: str
    address: str | None = None
    session_cookie: SessionCookie = field(default_factory=SessionCookie)


GraphQLInfo: TypeAlias = Info[Context, None]
