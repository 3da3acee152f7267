"""GraphQL's inputs as the plain objects that the domain's checkers read."""

from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any

import strawberry


def raw_of(value: Any) -> dict[str, Any]:
    """An input's fields by their snake_case names; what is null or was left out is absent."""
    return {
        name: _plain(sent)
        for name in _names_of(value.__class__)
        if (sent := getattr(value, name)) is not None and sent is not strawberry.UNSET
    }


@cache
def _names_of(input_type: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(input_type))


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return raw_of(value) if is_dataclass(value) else value
