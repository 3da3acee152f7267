"""Scalars: points in time and JSON, each kept as it stands in the database until it is printed."""

from typing import Any, NewType

import orjson
import strawberry
from strawberry.schema.config import StrawberryConfig

from app.domain.times import iso_from_ms, ms_from_rfc3339
from app.graphql_engine.json_literals import json_of_literal

Milliseconds = NewType("Milliseconds", int)
"""A point in time; printed as `DateTime`."""

TimeText = NewType("TimeText", str)
"""A point in time as it was sent; the rulebook reads it, and says what is wrong with it."""

JsonText = NewType("JsonText", str)
"""JSON as stored; it goes into the answer as it stands, without being read."""

JsonValue = NewType("JsonValue", object)
"""JSON as sent."""


def optional_time(ms: int | None) -> Milliseconds | None:
    """A point in time that may be missing."""
    return None if ms is None else Milliseconds(ms)


def _parse_time(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("must be a string")
    try:
        ms_from_rfc3339(value)
    except OverflowError as error:
        raise ValueError("out of range") from error
    return value


DATE_TIME = strawberry.scalar(
    name="DateTime",
    description="A point in time: ISO 8601, UTC, with milliseconds and `Z`.",
    specified_by_url="https://www.rfc-editor.org/rfc/rfc3339",
    serialize=iso_from_ms,
    parse_value=_parse_time,
)
JSON = strawberry.scalar(
    name="JSON",
    description="Any JSON value.",
    specified_by_url="https://www.rfc-editor.org/rfc/rfc8259",
    serialize=lambda value: orjson.Fragment(value) if isinstance(value, str) else value,
    parse_value=lambda value: value,
    parse_literal=json_of_literal,
)

CONFIG = StrawberryConfig(
    scalar_map={
        Milliseconds: DATE_TIME,
        TimeText: DATE_TIME,
        JsonText: JSON,
        JsonValue: JSON,
    },
    disable_field_suggestions=True,
)
