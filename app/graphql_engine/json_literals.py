"""JSON that is written in a document, by the rules for JSON that comes in a body."""

from collections.abc import Mapping
from enum import Enum
from typing import Any

from graphql import (
    FloatValueNode,
    IntValueNode,
    ListValueNode,
    NullValueNode,
    ObjectValueNode,
    Undefined,
    ValueNode,
    VariableNode,
)

from app.domain.input.strict_json import check_value, integer_of


def json_of_literal(node: ValueNode, variables: Mapping[str, Any] | None = None) -> Any:
    """The JSON value of a literal, with the coerced variables in it.

    A field whose variable was left out is left out; an item whose variable was is null, as in
    input objects and lists (GraphQL specification, 3.10 and 3.11). Raises BadInput.
    """
    value = _read(node, variables or {})
    check_value(value)
    return value


def _read(node: ValueNode, variables: Mapping[str, Any]) -> Any:
    if isinstance(node, VariableNode):
        return _plain(variables.get(node.name.value, Undefined))
    if isinstance(node, ObjectValueNode):
        read = {one.name.value: _read(one.value, variables) for one in node.fields}
        return {name: value for name, value in read.items() if value is not Undefined}
    if isinstance(node, ListValueNode):
        items = [_read(one, variables) for one in node.values]
        return [None if one is Undefined else one for one in items]
    if isinstance(node, NullValueNode):
        return None
    if isinstance(node, IntValueNode):
        return integer_of(node.value)
    if isinstance(node, FloatValueNode):
        return float(node.value)
    # Strings, booleans, and the names of enums, which JSON has as strings.
    return node.value  # type: ignore[attr-defined]


def _plain(value: Any) -> Any:
    """A coerced variable as JSON has it: an enum's member by its value."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return value
