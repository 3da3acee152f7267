"""The server's URL as users give it, and the GraphQL endpoint below it."""

import re
from urllib.parse import SplitResult, urlsplit

from zenmode_agent.errors import BadServerUrl

# Paths of ZenMode that are copied by mistake along with its URL.
_BELOW = re.compile(r"/+(graphql|docs|healthz|readyz|metrics|api(/v1(/.*)?)?)/*$")


def endpoint(url: str) -> str:
    """The GraphQL endpoint's URL below the server's. Raises BadServerUrl."""
    parts = _split(url.strip())
    path = parts.path.rstrip("/")
    if found := _BELOW.search(path):
        right = f"{parts.scheme}://{parts.netloc}{path[: found.start()]}"
        raise BadServerUrl(f"--url is the URL of ZenMode itself: give {right}")
    if parts.query or parts.fragment:
        raise BadServerUrl(
            f"--url must end before the ? or #: {parts.scheme}://{parts.netloc}{path}"
        )
    return f"{parts.scheme}://{parts.netloc}{path}/graphql"


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        is_url = bool(parts.hostname) and parts.port != 0 and not _has_blanks(url)
    except ValueError:
        raise _not_a_url(url) from None
    if parts.scheme in ("ws", "wss") and parts.hostname:
        right = parts._replace(scheme=parts.scheme.replace("ws", "http")).geturl()
        raise BadServerUrl(f"--url begins with http:// or https://: try {right}")
    if parts.scheme not in ("http", "https") or not is_url:
        raise _not_a_url(url)
    if parts.username or parts.password:
        raise BadServerUrl("--url must contain neither a user name nor a password")
    return parts


def _has_blanks(url: str) -> bool:
    return any(character.isspace() or not character.isprintable() for character in url)


def _not_a_url(url: str) -> BadServerUrl:
    host = url.partition("://")[2] or url
    example = (
        f"http://{host}" if re.fullmatch(r"[\w.-]+(:\d{1,5})?", host) else "http(s)://host[:port]"
    )
    return BadServerUrl(f"{url!r} is not the URL of a server: it needs {example}")
