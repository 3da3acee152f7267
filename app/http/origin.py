"""Whether a request comes from a page of our own, which a cookie alone does not prove."""

from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope

_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_PAGE_SCHEMES: Final = {"ws": "http", "wss": "https"}


class OwnOrigin:
    """Our own origin: the public address if there is one, else what each request was sent to."""

    def __init__(self, public_url: str | None) -> None:
        self._public = _origin_of(public_url) if public_url else None

    def sent(self, scope: Scope) -> bool:
        """Whether a browser says that a page of ours sent this (Fetch, 3.1; Fetch Metadata).

        Both header fields are the browser's own, no page can set them. Neither: false.
        """
        headers = Headers(scope=scope)
        origins, sites = headers.getlist("origin"), headers.getlist("sec-fetch-site")
        if not origins and not sites:
            return False
        own = self._public or _addressed(scope, headers)
        is_ours = own is not None and all(_origin_of(one) == own for one in origins)
        return is_ours and all(one == "same-origin" for one in sites)


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
