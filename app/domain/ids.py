"""Public ids: what kind of thing, when it was made, and eight random characters."""

import re
import secrets

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_RANDOM_LENGTH = 8
_TAILS = len(_DIGITS) ** _RANDOM_LENGTH
_LOOKABLE = re.compile(r"[!-~]{1,200}")


def new_id(kind: str, now_ms: int) -> str:
    """`kind_<milliseconds in base 36>_<8 random base-36 characters>`, from a secure source."""
    tail = _base36(secrets.randbelow(_TAILS)).rjust(_RANDOM_LENGTH, _DIGITS[0])
    return f"{kind}_{_base36(now_ms)}_{tail}"


def is_valid_id(text: str) -> bool:
    """Whether a look-up can find anything; the databases choke on some of what callers send."""
    return _LOOKABLE.fullmatch(text) is not None


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"
