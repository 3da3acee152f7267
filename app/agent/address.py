"""The server's address as people give it, and GraphQL's below it."""

import re
from urllib.parse import SplitResult, urlsplit

from app.agent.errors import BadAddress

# What people copy instead of the address itself: ours, and nobody's folder for the product.
_BELOW = re.compile(r"/+(graphql|docs|healthz|readyz|metrics|api(/v1(/.*)?)?)/*$")


def endpoint(url: str) -> str:
    """The address of GraphQL below the server's address. Raises BadAddress."""
    parts = _split(url.strip())
    path = parts.path.rstrip("/")
    if found := _BELOW.search(path):
        right = f"{parts.scheme}://{parts.netloc}{path[: found.start()]}"
        raise BadAddress(f"--url is the address of ZenMode itself: give {right}")
    if parts.query or parts.fragment:
        raise BadAddress(f"--url must end before the ? or #: {parts.scheme}://{parts.netloc}{path}")
    return f"{parts.scheme}://{parts.netloc}{path}/graphql"


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        is_address = bool(parts.hostname) and parts.port != 0 and not _has_blanks(url)
    except ValueError:
        raise _no_address(url) from None
    if parts.scheme in ("ws", "wss") and parts.hostname:
        right = parts._replace(scheme=parts.scheme.replace("ws", "http")).geturl()
        raise BadAddress(f"--url begins with http:// or https://: try {right}")
    if parts.scheme not in ("http", "https") or not is_address:
        raise _no_address(url)
    if parts.username or parts.password:
        raise BadAddress("--url must hold neither a user name nor a password")
    return parts


def _has_blanks(url: str) -> bool:
    return any(character.isspace() or not character.isprintable() for character in url)


def _no_address(url: str) -> BadAddress:
    host = url.partition("://")[2] or url
    example = (
        f"http://{host}" if re.fullmatch(r"[\w.-]+(:\d{1,5})?", host) else "http(s)://host[:port]"
    )
    return BadAddress(f"{url!r} is not the address of a server: it needs {example}")
