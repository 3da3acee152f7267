"""JSON as both APIs accept it: one object, without values that readers may read differently.

RFC 8259 leaves duplicate keys, numbers of any size and lone surrogates to the implementation;
I-JSON (RFC 7493) forbids them, and so does this.
"""

import json
import math
import re
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any, Final, Never

from app.domain.errors import BadInput
from app.domain.input.json_problems import (
    BEYOND_64_BITS,
    LARGEST,
    LENIENT_DECODER,
    SMALLEST,
    TOO_LARGE,
    TooDeepError,
    Unfit,
    UnfitValues,
    find_unfit_values,
    read_integer,
    read_real,
)
from app.domain.input.text import text_problem

MAX_DEPTH: Final = 100
_SURELY_64_BITS: Final = 18
_BYTE_ORDER_MARK: Final = "\ufeff"
_WIDE_BEGINNINGS: Final = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff", b"{\x00", b"\x00")
# Shorter integers always fit into 64 bits. A body may hold a hundred thousand of them.
_MANY_DIGITS: Final = re.compile(r"[0-9]{19}")
_UNQUOTED_NAME: Final = re.compile(r"[{,]\s*[A-Za-z_$]")


def decode_object(raw: bytes | str, what: str = "the body") -> dict[str, Any]:
    """The JSON object that `raw` holds; `what` names it in the sentence of a refusal.

    A byte-order mark at the beginning is ignored. Raises UnfitValues for duplicate keys, NaN and
    infinities, integers beyond 64 bits, lone surrogates and NUL characters, and BadInput for all
    else that is no such object, also for nesting deeper than MAX_DEPTH.
    """
    text = _text_of(raw, what).removeprefix(_BYTE_ORDER_MARK)
    unfit = None
    try:
        value = _decoded(_DECODER if _MANY_DIGITS.search(text) else _FAST_DECODER, text, what)
    except _UnfitError as error:
        value, unfit = _decoded(LENIENT_DECODER, text, what), str(error)
    if not isinstance(value, dict):
        raise BadInput(f"{what} must be a JSON object")
    if unfit is None and ("\\u" in text or text.count("[") + text.count("{") > MAX_DEPTH):
        # Numbers were looked at as they were read, and what is unfit in a text stands as an escape.
        unfit = _problem_inside(value, only=(str,) if "\\u" in text else ())
    if unfit is not None:
        _name_unfit_values(value, what)
        raise BadInput(f"{what} {unfit}")
    return value


def check_value(top: object) -> None:
    """Raises BadInput, with a sentence without its subject, for what `decode_object` refuses.

    For values that come by another way than text, of JSON's own types.
    """
    if problem := _problem_inside(top, (str, int, float)):
        raise BadInput(problem)


def _problem_inside(top: object, only: tuple[type, ...]) -> str | None:
    for values in _levels(top):
        if values is _TOO_DEEP:
            return f"is nested deeper than {MAX_DEPTH} levels"
        for kind in only:
            if found := _PROBLEMS[kind]([one for one in values if type(one) is kind]):
                return found
    return None


_TOO_DEEP: Final[list[Any]] = []


def _levels(top: object) -> Iterator[list[Any]]:
    """All keys and values, level by level: what is nested deeply must not be recursed into."""
    values, depth = [top], 0
    while values:
        depth += 1
        if depth > MAX_DEPTH:
            yield _TOO_DEEP
            return
        yield values
        objects = [one for one in values if type(one) is dict]
        lists = [one for one in values if type(one) is list]
        inside = chain.from_iterable(map(dict.values, objects))
        values = [*chain.from_iterable(objects), *inside, *chain.from_iterable(lists)]


def _problem_of_texts(values: list[str]) -> str | None:
    return text_problem("\n".join(values))


def _problem_of_integers(values: list[int]) -> str | None:
    is_within = not values or (min(values) >= SMALLEST and max(values) <= LARGEST)
    return None if is_within else BEYOND_64_BITS


def _problem_of_reals(values: list[float]) -> str | None:
    return None if all(map(math.isfinite, values)) else TOO_LARGE


_PROBLEMS: Final[dict[type, Callable[[list[Any]], str | None]]] = {
    str: _problem_of_texts,
    int: _problem_of_integers,
    float: _problem_of_reals,
}


def integer_of(digits: str) -> int:
    """The integer that is written so. Raises BadInput as `check_value` does."""
    number = read_integer(digits)
    if isinstance(number, Unfit):
        raise BadInput(number.message)
    return number


class _UnfitError(Exception):
    """There is a value that must be looked for."""


def _text_of(raw: bytes | str, what: str) -> str:
    if isinstance(raw, str):
        return raw
    if raw.startswith(_WIDE_BEGINNINGS):
        raise BadInput(f"{what} is in UTF-16 or UTF-32; send it in UTF-8")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise BadInput(f"{what} is not valid UTF-8") from None


def _decoded(decoder: json.JSONDecoder, text: str, what: str) -> object:
    try:
        return decoder.decode(text)
    except RecursionError:
        raise BadInput(f"{what} is nested too deeply") from None
    except json.JSONDecodeError as error:
        if not text.strip():
            raise BadInput(f"{what} is empty; send a JSON object") from None
        place = f"line {error.lineno}, column {error.colno}"
        raise BadInput(f"{what} is not valid JSON ({place}){_quoting_hint(error)}") from None


def _quoting_hint(error: json.JSONDecodeError) -> str:
    """What a shell, or Python's own way to print an object, has done to the quotes."""
    before, at = error.doc[: error.pos].rstrip()[-1:], error.doc[error.pos : error.pos + 1]
    if at == "'":
        return ": JSON has double quotes, not single ones; a Windows shell passes them on"
    if before in ("{", ",") and _UNQUOTED_NAME.match(before + at):
        return ": names need double quotes in JSON; a shell may have removed them"
    return ""


def _name_unfit_values(value: dict[str, Any], what: str) -> None:
    try:
        details = find_unfit_values(value, MAX_DEPTH)
    except TooDeepError:
        raise BadInput(f"{what} is nested deeper than {MAX_DEPTH} levels") from None
    if details:
        raise UnfitValues.found(details, value)


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    if not pairs:
        return {}
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _UnfitError("has a key twice")
    return found


def _integer(digits: str) -> int:
    # So few digits always fit. A body may hold a hundred thousand numbers: no call too many.
    if len(digits) <= _SURELY_64_BITS:
        return int(digits)
    number = read_integer(digits)
    if isinstance(number, Unfit):
        raise _UnfitError(number.message)
    return number


def _real(digits: str) -> float:
    number = read_real(digits)
    if isinstance(number, Unfit):
        raise _UnfitError(number.message)
    return number


def _no_constant(name: str) -> Never:
    raise _UnfitError(f"holds {name}, which is not JSON")


_FAST_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_unique, parse_float=_real, parse_constant=_no_constant
)
_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_unique,
    parse_int=_integer,
    parse_float=_real,
    parse_constant=_no_constant,
)
