"""Texts that callers send: what cannot be stored, and how an unknown name is shown."""

import re
from typing import Final

_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_VISIBLE_ASCII: Final = re.compile(r"[!-~]+")
_LONGEST_NAME: Final = 80


def text_problem(value: str) -> str | None:
    """Returns why a string cannot be stored, in words, or None."""
    if "\x00" in value:
        return "must not contain a NUL character"
    if not value.isascii() and _SURROGATE.search(value):
        return "must not contain a lone surrogate"
    return None


def length_problem(value: str, shortest: int, longest: int) -> str | None:
    """Returns why a string is too short or too long, or None. Counts Unicode code points."""
    if len(value) < shortest:
        return "must not be empty" if shortest == 1 else f"must have at least {shortest} characters"
    return f"must have at most {longest:,} characters" if len(value) > longest else None


def not_blank(value: str) -> str | None:
    """Returns why a stripped text is refused, or None."""
    return None if value else "must not be blank"


def visible_ascii(value: str) -> str | None:
    """Returns why a text is refused that must be visible ASCII without spaces, or None."""
    if _VISIBLE_ASCII.fullmatch(value):
        return None
    return "must be visible ASCII characters without spaces"


def printable(name: object) -> str:
    """Returns a name that a caller made up as it can be shown: short, and in ASCII."""
    return str(name)[:_LONGEST_NAME].encode("ascii", "backslashreplace").decode()
