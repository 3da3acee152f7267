"""Which request to change the protocol we take: a WebSocket where we have one.

Any other is ignored, and the request served as it stands (RFC 9110, section 7.8).
"""

from collections.abc import Iterable, Sequence
from typing import Final, TypeAlias

from app.http.middleware.normalized_path import plain_path

Header: TypeAlias = tuple[bytes, bytes]

WEBSOCKET_PATH: Final = b"/graphql"
_HANDSHAKE: Final[tuple[Header, ...]] = (
    (b"upgrade", b"websocket"),
    (b"connection", b"Upgrade"),
)
_OF_HANDSHAKE: Final = frozenset({b"upgrade", b"connection", b"content-length"})


def is_websocket(method: bytes, path: bytes, version: str, headers: Sequence[Header]) -> bool:
    """Whether a request asks for our WebSocket, and for nothing besides.

    The parser below has found `upgrade` in Connection; `path` is as it was sent.
    """
    return (
        method == b"GET"
        and version == "1.1"
        and plain_path(path) == WEBSOCKET_PATH
        and b"websocket" in _tokens(headers, b"upgrade")
        and not _announces_body(headers)
    )


def handshake(target: bytes, headers: Iterable[Header]) -> bytes:
    """The head of a WebSocket's handshake, in its plainest spelling."""
    kept = [header for header in headers if header[0] not in _OF_HANDSHAKE]
    return _head(b"GET", target, "1.1", [*kept, *_HANDSHAKE])


def without_upgrade(method: bytes, target: bytes, version: str, headers: Iterable[Header]) -> bytes:
    """The head of a request whose wish for another protocol is ignored."""
    return _head(method, target, version, (one for one in headers if one[0] != b"upgrade"))


def _head(method: bytes, target: bytes, version: str, headers: Iterable[Header]) -> bytes:
    lines = [b"%b %b HTTP/%b" % (method, target, version.encode())]
    lines += [b"%b: %b" % header for header in headers]
    return b"\r\n".join(lines) + b"\r\n\r\n"


def _tokens(headers: Iterable[Header], name: bytes) -> set[bytes]:
    values = (value for known, value in headers if known == name)
    return {token.strip().lower() for value in values for token in value.split(b",")}


def _announces_body(headers: Iterable[Header]) -> bool:
    """Some clients and proxies say that there are 0 bytes of it."""
    return any(
        name == b"transfer-encoding" or (name == b"content-length" and value.strip(b"0"))
        for name, value in headers
    )
