"""Invisible characters, as copying from pages and documents leaves them."""

import unicodedata
from typing import Final

_CATEGORIES: Final = frozenset({"Cc", "Cf", "Zl", "Zp"})
# Letters, marks and symbols that are drawn as nothing.
_BLANK_LETTERS: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_JOINERS: Final = frozenset("\u200c\u200d")
# Below this are the alphabets that never need a joiner: Latin, Greek, Cyrillic, Armenian.
_FIRST_JOINED_LETTER: Final = "\u0590"


def invisible_character(text: str) -> str | None:
    """The first invisible character as `U+200B`, or None.

    A joiner between two characters that are written with one is none: Persian and Indic names and
    many emoji need them; between Latin letters they are an accident.
    """
    if text.isascii() and text.isprintable():
        return None
    for position, character in enumerate(text):
        if _is_invisible(character) and not _joins(text, position):
            return f"U+{ord(character):04X}"
    return None


def is_blank(text: str) -> bool:
    """Whether a text has no visible character."""
    return all(one.isspace() or _is_invisible(one) for one in text)


def _is_invisible(character: str) -> bool:
    return character in _BLANK_LETTERS or unicodedata.category(character) in _CATEGORIES


def _joins(text: str, position: int) -> bool:
    around = text[position - 1 : position] + text[position + 1 : position + 2]
    return (
        text[position] in _JOINERS
        and len(around) == 2
        and all(one >= _FIRST_JOINED_LETTER for one in around)
    )
