"""Tokens of keys and agents: a prefix, 30 random characters, and a checksum of those.

The checksum (CRC-32 in base 62) refuses typing errors without a look-up; only a SHA-256 is stored.
"""

import hashlib
import re
import secrets
import string
from zlib import crc32

API_KEY_PREFIX = "zm_"
AGENT_PREFIX = "zma_"

_ALPHABET = string.digits + string.ascii_uppercase + string.ascii_lowercase
_RANDOM_LENGTH = 30
_CHECKSUM_LENGTH = 6
_SHAPE = re.compile(r"(zma?_)([0-9A-Za-z]{30})([0-9A-Za-z]{6})")


def new_token(prefix: str) -> str:
    """A token with 178 bits of randomness."""
    body = "".join(secrets.choice(_ALPHABET) for _ in range(_RANDOM_LENGTH))
    return prefix + body + _checksum(body)


def prefix_of(token: str) -> str | None:
    """`zm_` or `zma_` when the token is well formed and its checksum right, else None."""
    found = _SHAPE.fullmatch(token)
    if found is None or _checksum(found[2]) != found[3]:
        return None
    return found[1]


def hint_of(token: str) -> str:
    """What may be shown of a token: `zm_ab12…wxyz`."""
    start = token.index("_") + 5
    return f"{token[:start]}…{token[-4:]}"


def new_session_token() -> str:
    """A reference token of 256 bits for a cookie."""
    return secrets.token_urlsafe(32)


def new_lease_token() -> str:
    """A fencing token of 144 bits; every claim makes a new one."""
    return secrets.token_urlsafe(18)


def hash_of(token: str) -> str:
    """The only form in which a token is stored: SHA-256, lower-case hex."""
    return hashlib.sha256(token.encode()).hexdigest()


def _checksum(body: str) -> str:
    number, digits = crc32(body.encode()), ""
    while number:
        number, digit = divmod(number, len(_ALPHABET))
        digits = _ALPHABET[digit] + digits
    return digits.rjust(_CHECKSUM_LENGTH, "0")
