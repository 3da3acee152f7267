"""GraphQL's inputs as the plain objects that the domain's checkers read."""

from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

import strawberry


def raw_of(value: Any) -> dict[str, Any]:
    """An input's fields by their snake_case names; what is null or was left out is absent."""
    return {
        field.name: _plain(sent)
        for field in fields(value)
        if (sent := getattr(value, field.name)) is not None and sent is not strawberry.UNSET
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return raw_of(value) if is_dataclass(value) else value
