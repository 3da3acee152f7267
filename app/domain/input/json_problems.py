"""JSON values that readers may read differently, found and named by their paths.

The usual way of reading stops at the first of them. Here the text is read once more, only to say
which fields they are in.
"""

import json
import math
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from app.domain.errors import MAX_DETAILS, BadInput, FieldError, sentence_of
from app.domain.input.text import printable, text_problem

SMALLEST: Final = -(2**63)
LARGEST: Final = 2**63 - 1
_MOST_DIGITS: Final = 20
# New tasks have a dozen values each: 100 of them are far within.
_MOST_LOOKED_AT: Final = 10_000
BEYOND_64_BITS: Final = "holds an integer beyond 64 bits"
TOO_LARGE: Final = "holds a number that is too large"


class UnfitValues(BadInput):
    """`rest` is the object without the values that `details` name."""

    rest: dict[str, Any]

    @classmethod
    def found(cls, details: Iterable[FieldError], rest: dict[str, Any]) -> "UnfitValues":
        """The error for what was found in an object."""
        error = cls(sentence_of(details, lambda one: one.name), details=details)
        error.rest = rest
        return error


class Unfit(NamedTuple):
    """Replaces a value; the message reads on after the field's name."""

    message: str


class TooDeepError(Exception):
    """What is nested without end must not be walked through."""


def read_integer(digits: str) -> int | Unfit:
    """A JSON integer of at most 64 bits."""
    # The length first: turning digits into a number takes time in the square of their count.
    number = int(digits) if len(digits) <= _MOST_DIGITS else LARGEST + 1
    if SMALLEST <= number <= LARGEST:
        return number
    return _BEYOND


def read_real(digits: str) -> float | Unfit:
    """A JSON number with a fraction or an exponent, not too large for a double."""
    number = float(digits)
    return number if math.isfinite(number) else _TOO_LARGE


def find_unfit_values(top: dict[str, Any], max_depth: int) -> list[FieldError]:
    """Returns the paths of unfit values, which are taken out of `top`. Raises TooDeepError.

    It goes level by level, since what is nested deeply must not be recursed into, and ends when
    MAX_DETAILS are found or _MOST_LOOKED_AT values were looked at: then not all are named.
    """
    found: list[FieldError] = []
    looked_at = 0
    level: list[_Location] = [_Location(None, "", top)]
    for _ in range(max_depth):
        below: list[_Location] = []
        for location in level:
            looked_at += 1 + len(location.container)
            if len(found) >= MAX_DETAILS or looked_at > _MOST_LOOKED_AT:
                return found
            _look_into(location, found, below)
        if not below:
            return found
        level = below
    raise TooDeepError


class _Location(NamedTuple):
    """A list or an object, and the way to it."""

    above: "_Location | None"
    step: str | int
    container: Any

    def path(self, last: str | int) -> tuple[str | int, ...]:
        steps, location = [last], self
        while location.above is not None:
            steps.append(location.step)
            location = location.above
        return tuple(reversed(steps))


def _look_into(location: _Location, found: list[FieldError], below: list[_Location]) -> None:
    container = location.container
    inside = container.items() if isinstance(container, dict) else enumerate(container)
    for step, value in list(inside):
        if problem := _problem_of(step, value):
            name = printable(step) if isinstance(step, str) else step
            found.append(FieldError(location.path(name), problem))
            if len(found) >= MAX_DETAILS:
                return
            _take_out(container, step)
        elif isinstance(value, dict | list):
            below.append(_Location(location, step, value))


def _take_out(container: Any, step: Any) -> None:
    if isinstance(container, dict):
        del container[step]
    else:
        container[step] = None


def _problem_of(step: str | int, value: object) -> str | None:
    if isinstance(value, Unfit):
        return value.message
    if isinstance(step, str) and (problem := text_problem(step)):
        return problem
    return text_problem(value) if isinstance(value, str) else None


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in pairs:
        found[name] = Unfit("must be given once") if name in found else value
    return found


# Made once, since a body may hold tens of thousands of them.
_BEYOND: Final = Unfit(BEYOND_64_BITS)
_TOO_LARGE: Final = Unfit(TOO_LARGE)
_CONSTANTS: Final = {
    name: Unfit(f"must not be {name}, which is not JSON")
    for name in ("NaN", "Infinity", "-Infinity")
}
LENIENT_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_pairs,
    parse_int=read_integer,
    parse_float=read_real,
    parse_constant=_CONSTANTS.__getitem__,
)
