"""Validation of the head of a request."""

from collections.abc import Sequence
from typing import Final

from app.domain.errors import BadInput, MethodNotAllowed, ZenModeError

HEAD_BYTES: Final = 16 * 1024
HEAD_FIELDS: Final = 100

TOO_LARGE: Final = BadInput(f"a head may have {HEAD_FIELDS} fields and {HEAD_BYTES:,} bytes")
_ONE_HOST: Final = BadInput("the field Host must be sent once")
_FRAGMENT: Final = BadInput("an address of a request has no # in it; send it as %23")
_TUNNEL: Final = MethodNotAllowed("this is no proxy")


def head_problem(
    method: bytes, target: bytes, version: str, headers: Sequence[tuple[bytes, bytes]]
) -> ZenModeError | None:
    """Why a head is refused, or None; `headers` have names in small letters."""
    size, hosts = len(target), 0
    for name, value in headers:
        size += len(name) + len(value)
        hosts += name == b"host"
    if size > HEAD_BYTES or len(headers) > HEAD_FIELDS:
        return TOO_LARGE
    # RFC 9112, section 3.2: with two of them, we and a proxy could each believe another.
    if hosts > 1 or (hosts == 0 and version == "1.1"):
        return _ONE_HOST
    # The same for a path, of which some end at this sign.
    if b"#" in target:
        return _FRAGMENT
    return _TUNNEL if method == b"CONNECT" else None
