"""The agent's token as users give it."""

import re
import string
from zlib import crc32

from zenmode_agent.errors import WrongOption

_PREFIX, _KEY_PREFIX = "zma_", "zm_"
_ALPHABET = string.digits + string.ascii_uppercase + string.ascii_lowercase
_SHAPE = re.compile(r"zma_([0-9A-Za-z]{30})([0-9A-Za-z]{6})")
# White space of any kind, and characters without width: they are copied along with a token.
_WITHOUT_WIDTH = "\u0085\u00a0\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u2060\ufeff"
_AROUND = string.whitespace + _WITHOUT_WIDTH


def read_token(text: str) -> str:
    """The token without white space around it. Raises WrongOption, which never repeats it."""
    token = text.strip(_AROUND).strip().strip(_AROUND)
    found = _SHAPE.fullmatch(token)
    if found and _checksum(found[1]) == found[2]:
        return token
    raise WrongOption(f"the token is not an agent's: {_fault(token)}")


def token_hint(token: str) -> str:
    """The token's beginning and end, enough to tell it from others, fit for a file name."""
    letters = re.sub(r"[^0-9A-Za-z_]", "", token)
    return f"{letters[:8]}-{letters[-4:]}"


def _fault(token: str) -> str:
    if not token:
        return "it is empty"
    if token.startswith(_KEY_PREFIX):
        return "this is an API key; create a token under Agents in the dashboard"
    if not token.startswith(_PREFIX):
        return f"it must begin with {_PREFIX}; create one under Agents in the dashboard"
    if _SHAPE.fullmatch(token):
        return "it has a typing error; copy it once more"
    return "it is not whole, or there is more than the token; copy it once more"


def _checksum(body: str) -> str:
    number, digits = crc32(body.encode()), ""
    while number:
        number, digit = divmod(number, len(_ALPHABET))
        digits = _ALPHABET[digit] + digits
    return digits.rjust(6, "0")
