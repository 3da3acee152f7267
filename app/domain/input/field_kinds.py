"""The fields of inputs: each kind, with its bounds, turns a value that was sent into a typed one.

Inputs do not use these classes themselves but the functions of `fields.py`.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Final

from app.domain.input.input_field import InputField, RefusedValueError
from app.domain.input.text import length_problem, text_problem
from app.domain.times import MS_PER_DAY, MS_PER_YEAR, ms_from_rfc3339

_MAX_TIME_LENGTH: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class TextField(InputField):
    """A string; its length counts Unicode code points.

    A text is not empty unless `min_length` is 0. `is_id` only says how GraphQL names its type.
    """

    max_length: int
    min_length: int | None = None
    normalize: Callable[[str], str] | None = None
    is_id: bool = False
    pattern: str | None = None
    example: str | None = None

    def _typed(self, value: object, now: int) -> str:
        if not isinstance(value, str):
            raise RefusedValueError("must be a string")
        shortest = 1 if self.min_length is None else self.min_length
        if problem := text_problem(value) or length_problem(value, shortest, self.max_length):
            raise RefusedValueError(problem)
        return self.normalize(value) if self.normalize else value


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeField(InputField):
    """An RFC 3339 time with its offset; the typed value is in milliseconds."""

    must_be_ahead: bool = False
    is_within_a_year: bool = False
    max_days_ago: int | None = None

    def _typed(self, value: object, now: int) -> int:
        if not isinstance(value, str):
            raise RefusedValueError("must be a string")
        if problem := text_problem(value) or length_problem(value, 1, _MAX_TIME_LENGTH):
            raise RefusedValueError(problem)
        try:
            at = ms_from_rfc3339(value)
        except (ValueError, OverflowError):
            raise RefusedValueError("must be an RFC 3339 time with its offset") from None
        if self.must_be_ahead and at <= now:
            raise RefusedValueError("must lie ahead")
        if self.is_within_a_year and at > now + MS_PER_YEAR:
            raise RefusedValueError("must be at most a year ahead")
        if self.max_days_ago is not None:
            if at > now:
                raise RefusedValueError("must not lie ahead")
            if at < now - self.max_days_ago * MS_PER_DAY:
                raise RefusedValueError(f"must be at most {self.max_days_ago} days ago")
        return at


@dataclass(frozen=True, slots=True, kw_only=True)
class IntegerField(InputField):
    """An integer within bounds, where there are any; booleans and 1.0 are not integers."""

    low: int | None = None
    high: int | None = None

    def _typed(self, value: object, now: int) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise RefusedValueError("must be an integer")
        if self.low is not None and self.high is not None and not self.low <= value <= self.high:
            raise RefusedValueError(f"must be between {self.low} and {self.high}")
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class BooleanField(InputField):
    """True or false."""

    def _typed(self, value: object, now: int) -> bool:
        if not isinstance(value, bool):
            raise RefusedValueError("must be true or false")
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceField(InputField):
    """One word of an enum."""

    words: type[StrEnum]

    def _typed(self, value: object, now: int) -> StrEnum:
        if isinstance(value, str):
            try:
                return self.words(value)
            except ValueError:
                pass
        raise RefusedValueError(f"must be one of {', '.join(self.words)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoicesField(InputField):
    """Several words of an enum; `noun` names one of them in the sentence about a repeated one.

    Without a `noun`, the list may be empty and repeat a word: it is read as a set, in the enum's
    order.
    """

    words: type[StrEnum]
    noun: str | None = None

    def _typed(self, value: object, now: int) -> tuple[StrEnum, ...]:
        words = ", ".join(self.words)
        if not isinstance(value, list):
            raise RefusedValueError(f"must be a list of {words}")
        if not value and self.noun:
            raise RefusedValueError("must not be empty")
        if not all(isinstance(one, str) and one in _words_of(self.words) for one in value):
            raise RefusedValueError(f"must hold nothing but {words}")
        if self.noun is None:
            return tuple(one for one in self.words if one in value)
        if len(set(value)) < len(value):
            raise RefusedValueError(f"must not repeat {self.noun}")
        return tuple(self.words(one) for one in value)


@dataclass(frozen=True, slots=True, kw_only=True)
class IdsField(InputField):
    """A list of ids, each counted once."""

    max_items: int

    def _typed(self, value: object, now: int) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise RefusedValueError("must be a list of ids")
        ids = tuple(dict.fromkeys(value))
        if len(ids) > self.max_items:
            raise RefusedValueError(f"must hold at most {self.max_items} ids")
        return ids


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemsField(InputField):
    """A list of objects, each turned into a value by `make`; `noun` names them in the plural."""

    make: Callable[[Any], Any]
    max_items: int
    noun: str

    def _typed(self, value: object, now: int) -> tuple[Any, ...]:
        if not isinstance(value, list) or not all(isinstance(one, Mapping) for one in value):
            raise RefusedValueError(f"must be a list of {self.noun}")
        if len(value) > self.max_items:
            raise RefusedValueError(f"must hold at most {self.max_items} {self.noun}")
        return tuple(self.make(one) for one in value)


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonObjectField(InputField):
    """A JSON object of any content, kept as it was sent."""

    max_bytes: int

    def _typed(self, value: object, now: int) -> dict[str, object]:
        if not isinstance(value, dict):
            raise RefusedValueError("must be an object")
        if len(canonical_json(value).encode()) > self.max_bytes:
            raise RefusedValueError(f"must have at most {self.max_bytes:,} bytes as JSON")
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectIdField(InputField):
    """The id of the object that an action changes; whether it exists is for the action to say."""

    kind: type[str] | type[int]

    def _typed(self, value: object, now: int) -> Any:
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectField(InputField):
    """An object that `fields` describes.

    Its value is an instance of it; with `is_kept`, what was sent, without nulls.
    """

    fields: type[Any]
    is_kept: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectsField(InputField):
    """A list of objects that `fields` describes; `noun` names several of them."""

    fields: type[Any]
    noun: str
    min_items: int = 0
    max_items: int

    def count_problem(self, count: int) -> str | None:
        """Returns what is wrong with the number of objects."""
        if self.min_items <= count <= self.max_items:
            return None
        if self.min_items:
            return f"must hold {self.min_items} to {self.max_items} {self.noun}"
        return f"must hold at most {self.max_items} {self.noun}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ForbiddenField(InputField):
    """Applies where a field must not be sent; `rule` is not looked at."""

    message: str
    default: Any = None

    def _typed(self, value: object, now: int) -> Any:
        raise RefusedValueError(self.message)


def canonical_json(value: object) -> str:
    """Returns the same text for equal values: compact JSON with sorted keys."""
    return json.dumps(
        value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )


@cache
def _words_of(words: type[StrEnum]) -> frozenset[str]:
    return frozenset(one.value for one in words)
