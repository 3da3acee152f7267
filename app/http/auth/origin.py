"""Whether a request comes from a page of our own, which a cookie alone does not prove."""

from typing import Final
from urllib.parse import urlsplit

import structlog
from starlette.datastructures import Headers
from starlette.types import Scope

_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_PAGE_SCHEMES: Final = {"ws": "http", "wss": "https"}
# What anonymous callers send must not fill the log.
_MOST_LOGGED: Final = 100
_LONGEST_SHOWN: Final = 200

_log = structlog.get_logger(__name__)


class OwnOrigin:
    """Our own origin: the public address if there is one, else what each request was sent to."""

    def __init__(self, public_url: str | None) -> None:
        self._public = _origin_of(public_url) if public_url else None
        self._logged: set[tuple[str, str | None]] = set()

    def sent(self, scope: Scope) -> bool:
        """Whether a browser says that a page of ours sent this (Fetch, 3.1; Fetch Metadata).

        Both header fields are the browser's own, no page can set them. Neither: false.
        """
        headers = Headers(scope=scope)
        origins, sites = headers.getlist("origin"), headers.getlist("sec-fetch-site")
        if not origins and not sites:
            return False
        is_ours = all(one == "same-origin" for one in sites)
        return is_ours and not self.is_foreign(scope)

    def is_foreign(self, scope: Scope) -> bool:
        """Whether a page of another origin sent this; what no page sent is not foreign.

        Browsers send `Origin` with every handshake of a WebSocket, so there it is proof.
        """
        headers = Headers(scope=scope)
        own = self._public or _addressed(scope, headers)
        foreign = [
            one for one in headers.getlist("origin") if own is None or _origin_of(one) != own
        ]
        for one in foreign:
            self._log(one, own)
        return bool(foreign)

    def _log(self, came: str, own: str | None) -> None:
        """Say so once for each origin: behind a proxy it is more often a setting than an attack."""
        came = came[:_LONGEST_SHOWN]
        if (came, own) in self._logged or len(self._logged) >= _MOST_LOGGED:
            return
        self._logged.add((came, own))
        _log.warning(
            "foreign_origin_refused",
            came=came,
            expected=own,
            hint="if people reach us at the origin that came, set ZENMODE_PUBLIC_URL to it",
        )


def _addressed(scope: Scope, headers: Headers) -> str | None:
    hosts = headers.getlist("host")
    if len(hosts) != 1:
        return None
    scheme = _PAGE_SCHEMES.get(scope["scheme"], scope["scheme"])
    return _origin_of(f"{scheme}://{hosts[0]}")


def _origin_of(address: str) -> str | None:
    try:
        parts = urlsplit(address)
        port = parts.port or _DEFAULT_PORTS.get(parts.scheme)
    except ValueError:
        return None
    if port is None or not parts.hostname:
        return None
    return f"{parts.scheme}://{parts.hostname}:{port}"
