"""Who a request says it comes from: a Bearer token, or the cookie of a session."""

import re
from dataclasses import dataclass
from typing import Final

from starlette.datastructures import Headers

from app.domain.access.user import SESSION_LIFE_MS
from app.domain.times import MS_PER_SECOND

_BEARER: Final = re.compile(r"bearer +(\S+)", re.IGNORECASE)
_AGENT: Final = re.compile(r"zenmode-agent/([\w.+-]{1,40})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Credentials:
    """What was shown. A field of authorization that holds no Bearer token is an empty one."""

    bearer: str | None
    session_token: str | None
    agent_version: str | None

    @property
    def is_cookie(self) -> bool:
        """Whether the cookie is what counts: what a browser sends unasked, for any page."""
        return self.bearer is None and self.session_token is not None


class SessionCookies:
    """The cookie that carries a session: unreadable for scripts, and sent to us alone."""

    def __init__(self, *, is_public_over_https: bool) -> None:
        self.name = "__Host-zenmode_session" if is_public_over_https else "zenmode_session"
        self._attributes = "; Path=/; HttpOnly; SameSite=Lax"
        if is_public_over_https:
            self._attributes += "; Secure"

    def credentials(self, headers: Headers) -> Credentials:
        """What a request shows of itself."""
        return Credentials(
            bearer=bearer_in(headers.getlist("authorization")),
            session_token=self._token_in(headers),
            agent_version=_agent_version(headers.get("user-agent", "")),
        )

    def set(self, token: str) -> str:
        """The `Set-Cookie` field that begins a session."""
        return f"{self.name}={token}; Max-Age={SESSION_LIFE_MS // MS_PER_SECOND}{self._attributes}"

    def clear(self) -> str:
        """The `Set-Cookie` field that ends one."""
        return f"{self.name}=; Max-Age=0{self._attributes}"

    def _token_in(self, headers: Headers) -> str | None:
        for field in headers.getlist("cookie"):
            for part in field.split(";"):
                name, _, value = part.strip().partition("=")
                if name == self.name and value:
                    return value
        return None


def bearer_in(headers: list[str]) -> str | None:
    """The token in `Authorization`: None without the field, empty when it is not one Bearer token.

    The scheme's case does not matter (RFC 9110, 11.1).
    """
    if not headers:
        return None
    found = _BEARER.fullmatch(headers[0].strip()) if len(headers) == 1 else None
    return found[1] if found else ""


def _agent_version(user_agent: str) -> str | None:
    found = _AGENT.match(user_agent)
    return found[1] if found else None
