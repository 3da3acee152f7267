"""JSON as both doors take it: one object, and nothing that two readers could read differently.

RFC 8259 leaves duplicate keys, numbers of any size and lone surrogates to the implementation;
I-JSON (RFC 7493) forbids them, and so does this.
"""

import json
import math
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, Final, Never

from app.domain.checking import text_problem
from app.domain.errors import BadInput

MAX_DEPTH: Final = 100
_SMALLEST: Final = -(2**63)
_LARGEST: Final = 2**63 - 1
_MOST_DIGITS: Final = 20
_BEYOND_64_BITS: Final = "holds an integer beyond 64 bits"
_TOO_LARGE: Final = "holds a number that is too large"


def decode_object(raw: bytes | str, what: str = "the body") -> dict[str, object]:
    """The JSON object that `raw` holds; `what` names it in the sentence of a refusal.

    Raises BadInput for anything else, and for duplicate keys, NaN and infinities, integers beyond
    64 bits, invalid UTF-8, lone surrogates, NUL characters and nesting deeper than MAX_DEPTH.
    """
    try:
        text = raw if isinstance(raw, str) else raw.decode("utf-8")
        value = _DECODER.decode(text)
    except UnicodeDecodeError:
        raise BadInput(f"{what} is not valid UTF-8") from None
    except RecursionError:
        raise BadInput(f"{what} is nested too deeply") from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise BadInput(f"{what} is not valid JSON ({place})") from None
    except _Refused as refused:
        raise BadInput(f"{what} {refused}") from None
    if not isinstance(value, dict):
        raise BadInput(f"{what} must be a JSON object")
    if text.count("[") + text.count("{") > MAX_DEPTH or "\\u" in text:
        try:
            # Numbers were looked at as they were read.
            check_value(value, only=(str,))
        except BadInput as refused:
            raise BadInput(f"{what} {refused.message}") from None
    return value


class _Refused(Exception):
    """What is wrong, as a sentence without its subject."""


def check_value(top: object, only: tuple[type, ...] = (str, int, float)) -> None:
    """Raises BadInput, with a sentence without its subject, for what `decode_object` refuses.

    For values that come by another way than text, of JSON's own types. `only` are the types of
    values to be looked at.
    """
    for values in _levels(top):
        for kind, problem in _PROBLEMS.items():
            if kind in only and (found := problem([one for one in values if type(one) is kind])):
                raise BadInput(found)


def _levels(top: object) -> Iterator[list[Any]]:
    """All keys and values, level by level: what is nested deeply must not be recursed into."""
    values, depth = [top], 0
    while values:
        depth += 1
        if depth > MAX_DEPTH:
            raise BadInput(f"is nested deeper than {MAX_DEPTH} levels")
        yield values
        below: list[Any] = []
        for value in values:
            if isinstance(value, dict):
                below.extend(value)
                below.extend(value.values())
            elif isinstance(value, list):
                below.extend(value)
        values = below


def _problem_of_texts(values: list[str]) -> str | None:
    return text_problem("\n".join(values))


def _problem_of_integers(values: list[int]) -> str | None:
    is_within = not values or (min(values) >= _SMALLEST and max(values) <= _LARGEST)
    return None if is_within else _BEYOND_64_BITS


def _problem_of_reals(values: list[float]) -> str | None:
    return None if all(map(math.isfinite, values)) else _TOO_LARGE


_PROBLEMS: Final[dict[type, Callable[[list[Any]], str | None]]] = {
    str: _problem_of_texts,
    int: _problem_of_integers,
    float: _problem_of_reals,
}


def integer_of(digits: str) -> int:
    """The integer that is written so. Raises BadInput as `check_value` does."""
    try:
        return _integer(digits)
    except _Refused as refused:
        raise BadInput(str(refused)) from None


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        name, _ = Counter(key for key, _ in pairs).most_common(1)[0]
        raise _Refused(f"has the key {json.dumps(name[:80])} twice")
    return found


def _integer(digits: str) -> int:
    # The length first: turning digits into a number takes time in the square of their count.
    number = int(digits) if len(digits) <= _MOST_DIGITS else _LARGEST + 1
    if not _SMALLEST <= number <= _LARGEST:
        raise _Refused(_BEYOND_64_BITS)
    return number


def _real(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise _Refused(_TOO_LARGE)
    return number


def _no_constant(name: str) -> Never:
    raise _Refused(f"holds {name}, which is not JSON")


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_unique,
    parse_int=_integer,
    parse_float=_real,
    parse_constant=_no_constant,
)
