"""Reading untrusted objects: types, unknown names and rules in one pass, every bad field named."""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from enum import StrEnum
from typing import TypeVar

from app.domain.errors import MAX_DETAILS, BadInput, FieldError

Choice = TypeVar("Choice", bound=StrEnum)
_VISIBLE_ASCII = re.compile(r"[!-~]+")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Validator:
    """One untrusted object, read field by field.

    Getters return the value or a harmless stand-in after noting what is wrong, so that reading
    goes on; `finish` raises BadInput when anything was. Reading ends with BadInput as soon as
    MAX_DETAILS are noted. What is null is as if it was left out. `unlisted` names are known, but
    not told to who sends another one.
    """

    def __init__(
        self,
        raw: Mapping[str, object],
        known: Iterable[str],
        *,
        unlisted: Iterable[str] = (),
        path: tuple[str | int, ...] = (),
        problems: list[FieldError] | None = None,
    ) -> None:
        self._raw = raw
        self._path = path
        self.problems: list[FieldError] = [] if problems is None else problems
        listed = tuple(known)
        allowed = {*listed, *unlisted}
        for name in raw:
            if name not in allowed:
                self.add_error(
                    printable(name), f"is not a known field (known: {', '.join(listed)})"
                )

    def add_error(self, name: str, message: str) -> None:
        """Note that a field breaks a rule. Raises BadInput when that is one too many."""
        self.problems.append(FieldError((*self._path, name), message))
        if len(self.problems) >= MAX_DETAILS:
            self.raise_if_invalid()

    def has(self, name: str) -> bool:
        """Whether the field was sent with a value; null is none."""
        return self._raw.get(name) is not None

    def raise_if_invalid(self) -> None:
        """Raises BadInput that names every field refused so far."""
        if self.problems:
            raise BadInput.of(self.problems)

    @property
    def sent(self) -> dict[str, object]:
        """What was sent, without what is null."""
        return {name: value for name, value in self._raw.items() if value is not None}

    def text(self, name: str, *, max_length: int, min_length: int = 1) -> str:
        """A required string; lengths count Unicode code points."""
        if not self.has(name):
            self.add_error(name, "is required")
            return ""
        value = self._raw[name]
        if not isinstance(value, str):
            self.add_error(name, "must be a string")
            return ""
        if problem := text_problem(value) or _length_problem(value, min_length, max_length):
            self.add_error(name, problem)
        return value

    def optional_text(self, name: str, *, max_length: int, min_length: int = 1) -> str | None:
        """A string that may be left out."""
        if not self.has(name):
            return None
        return self.text(name, max_length=max_length, min_length=min_length)

    def visible_ascii(self, name: str, *, max_length: int) -> str | None:
        """An optional string of visible ASCII characters."""
        value = self.optional_text(name, max_length=max_length)
        if value and _VISIBLE_ASCII.fullmatch(value) is None:
            self.add_error(name, "must be visible ASCII characters without spaces")
        return value

    def integer(self, name: str, *, low: int, high: int, default: int) -> int:
        """An optional integer within bounds; booleans and 1.0 are not integers."""
        if not self.has(name):
            return default
        value = self._raw[name]
        if isinstance(value, bool) or not isinstance(value, int):
            self.add_error(name, "must be an integer")
            return default
        if not low <= value <= high:
            self.add_error(name, f"must be between {low} and {high}")
        return value

    def boolean(self, name: str) -> bool | None:
        """An optional boolean."""
        if not self.has(name):
            return None
        value = self._raw[name]
        if not isinstance(value, bool):
            self.add_error(name, "must be true or false")
            return None
        return value

    def choice(self, name: str, choices: type[Choice]) -> Choice | None:
        """A required word out of a few; None after a refusal."""
        if not self.has(name):
            self.add_error(name, "is required")
            return None
        value = self._raw[name]
        if isinstance(value, str):
            with suppress(ValueError):
                return choices(value)
        self.add_error(name, f"must be one of {', '.join(choices)}")
        return None

    def choices(self, name: str, choices: type[Choice]) -> tuple[Choice, ...]:
        """A required, non-empty list of different words out of a few."""
        if not self.has(name):
            self.add_error(name, "is required")
            return ()
        value = self._raw[name]
        allowed = {one.value for one in choices}
        if not isinstance(value, list):
            self.add_error(name, f"must be a list of {', '.join(choices)}")
            return ()
        if not value:
            self.add_error(name, "must not be empty")
            return ()
        if not all(isinstance(one, str) and one in allowed for one in value):
            self.add_error(name, f"must hold nothing but {', '.join(choices)}")
            return ()
        if len(set(value)) < len(value):
            self.add_error(name, "must not repeat an event")
        return tuple(choices(one) for one in value)

    def object(self, name: str, known: Iterable[str]) -> "Validator":
        """A required object, to be read in turn; its problems are noted here."""
        value = self._raw.get(name)
        if value is None:
            self.add_error(name, "is required")
        elif not isinstance(value, Mapping):
            self.add_error(name, "must be an object")
        inner = value if isinstance(value, Mapping) else _Absent()
        return Validator(inner, known, path=(*self._path, name), problems=self.problems)

    @property
    def can_be_read(self) -> bool:
        """False for the inside of an object that was refused whole."""
        return not isinstance(self._raw, _Absent)


class _Absent(dict[str, object]):
    """Stands for an object that was not sent."""


def text_problem(value: str) -> str | None:
    """What keeps a string from being stored, in words, or None."""
    if "\x00" in value:
        return "must not contain a NUL character"
    if not value.isascii() and _SURROGATE.search(value):
        return "must not contain a lone surrogate"
    return None


def _length_problem(value: str, low: int, high: int) -> str | None:
    if len(value) < low:
        return "must not be empty" if low == 1 else f"must have at least {low} characters"
    return f"must have at most {high:,} characters" if len(value) > high else None


def printable(name: object) -> str:
    """A name that somebody made up, as it can be shown: short, and in ASCII."""
    text = str(name)[:80]
    return text.encode("ascii", "backslashreplace").decode()
