"""Why a connection could not be made or broke, in our own sentences.

The libraries' texts may contain header values, and so the token; none of them is logged.
"""

import socket
import ssl
from collections.abc import Iterator
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from httpx import DecodingError, RemoteProtocolError
from websockets.exceptions import InvalidStatus

_SPEAKS_NO_TLS = frozenset({"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "UNKNOWN_PROTOCOL"})


def connection_error(error: BaseException, url: str) -> str:
    """A sentence about a failed connection to this URL."""
    where = urlsplit(url)
    host = where.hostname or ""
    proxy = _proxy_of(url)
    target = proxy or f"{host}:{where.port or (443 if where.scheme in ('https', 'wss') else 80)}"
    known = next((text for one in _causes(error) if (text := _sentence(one, target))), None)
    sentence = known or type(error).__name__
    return f"through the proxy {proxy} of the environment: {sentence}" if proxy else sentence


def _sentence(error: BaseException, target: str) -> str | None:
    match error:
        case ssl.SSLCertVerificationError():
            return f"the certificate of {target} is not trusted: {error.verify_message}"
        case ssl.SSLError() if error.reason in _SPEAKS_NO_TLS:
            return f"{target} does not speak TLS; use http:// instead of https://?"
        case ssl.SSLError():
            return f"no secure connection to {target} ({error.reason or 'TLS failed'})"
        case socket.gaierror():
            return f"the host {target.rpartition(':')[0]} is not known"
        case ConnectionRefusedError():
            return f"nothing listens at {target}"
        case OSError() if error.strerror and error.errno:
            return f"no connection to {target} ({error.strerror})"
        case RemoteProtocolError():
            return f"{target} did not respond in HTTP; if it speaks TLS, use https://"
        case DecodingError():
            return "the response arrived damaged"
        case InvalidStatus():
            return f"no WebSocket was opened, the response was {error.response.status_code}"
    return None


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The innermost cause first."""
    inner = error.__cause__ or error.__context__
    if isinstance(error, BaseExceptionGroup):
        for one in error.exceptions:
            yield from _causes(one)
    if inner is not None:
        yield from _causes(inner)
    yield error


def _proxy_of(url: str) -> str | None:
    """Host and port of the proxy that the libraries use for this URL, without its password."""
    where = urlsplit(url)
    proxies = getproxies()
    scheme = {"ws": "http", "wss": "https"}.get(where.scheme, where.scheme)
    named = proxies.get(scheme) or proxies.get("all")
    if not named or proxy_bypass(where.hostname or ""):
        return None
    try:
        proxy = urlsplit(named if "://" in named else f"http://{named}")
        return f"{proxy.hostname}:{proxy.port or 80}"
    except ValueError:
        return "with a wrong URL"
