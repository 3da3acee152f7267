"""What is wrong with values that do not fit their types, found one by one.

The library prints the whole input into the sentence of each error. Here nothing is printed, and
a caller that has enough of them stops: the work is for the problems that are returned, not for all.
"""

from collections.abc import Callable, Iterator
from typing import Any, Final

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
    ListValueNode,
    Node,
    NullValueNode,
    ObjectValueNode,
    Undefined,
    ValueNode,
    VariableNode,
    is_required_input_field,
)

from app.domain.errors import FieldError, ZenModeError

Path = tuple[str | int, ...]
Leaf = GraphQLScalarType | GraphQLEnumType

MAX_ITEMS: Final = 1_000
"""What a list of an input may hold; no verb takes as many."""

_LONGEST_NAME: Final = 80
_EXPECTATIONS: Final = {
    "Int": "must be an integer of at most 32 bits",
    "Float": "must be a number",
    "String": "must be a string",
    "ID": "must be a string",
    "Boolean": "must be true or false",
    "DateTime": "must be an RFC 3339 time with its offset",
}


def problems_of_value(value: object, type_: GraphQLInputType, path: Path) -> Iterator[FieldError]:
    """What is wrong with a variable's value; `path` says where it stands."""
    if isinstance(type_, GraphQLNonNull):
        if value is Undefined:
            yield FieldError(path, "is required")
        elif value is None:
            yield FieldError(path, "must not be null")
        else:
            yield from problems_of_value(value, type_.of_type, path)
    elif value is None or value is Undefined:
        return
    elif isinstance(type_, GraphQLList):
        if isinstance(value, list) and len(value) > MAX_ITEMS:
            yield FieldError(path, f"must hold at most {MAX_ITEMS:,} items")
        elif isinstance(value, list):
            for index, item in enumerate(value):
                yield from problems_of_value(item, type_.of_type, (*path, index))
        else:
            yield from problems_of_value(value, type_.of_type, path)
    elif isinstance(type_, GraphQLInputObjectType):
        yield from _problems_of_object(value, type_, path)
    else:
        coerce_value: Callable[[Any], Any] = type_.coerce_input_value
        yield from _problems_of_leaf(lambda: coerce_value(value), type_, path)


def _problems_of_object(
    value: object, type_: GraphQLInputObjectType, path: Path
) -> Iterator[FieldError]:
    if not isinstance(value, dict):
        yield FieldError(path, "must be an object")
        return
    for name, field in type_.fields.items():
        if name in value:
            yield from problems_of_value(value[name], field.type, (*path, name))
        elif is_required_input_field(field):
            yield FieldError((*path, name), "is required")
    for name in value:
        if name not in type_.fields:
            yield _unknown(name, path)


Found = tuple[FieldError, Node]


def problems_of_literal(node: ValueNode, type_: GraphQLInputType, path: Path) -> Iterator[Found]:
    """What is wrong with a value written in a document, each with its node.

    A variable in it is not looked at: its own type says whether it may stand there.
    """
    if isinstance(node, VariableNode):
        return
    if isinstance(type_, GraphQLNonNull):
        if isinstance(node, NullValueNode):
            yield FieldError(path, "must not be null"), node
        else:
            yield from problems_of_literal(node, type_.of_type, path)
    elif isinstance(node, NullValueNode):
        return
    elif isinstance(type_, GraphQLList):
        if isinstance(node, ListValueNode):
            for index, item in enumerate(node.values):
                yield from problems_of_literal(item, type_.of_type, (*path, index))
        else:
            yield from problems_of_literal(node, type_.of_type, path)
    elif isinstance(type_, GraphQLInputObjectType):
        yield from _problems_of_object_literal(node, type_, path)
    else:
        coerce: Callable[[Any], Any] = type_.coerce_input_literal or type_.parse_literal
        for problem in _problems_of_leaf(lambda: coerce(node), type_, path):
            yield problem, node


def _problems_of_object_literal(
    node: ValueNode, type_: GraphQLInputObjectType, path: Path
) -> Iterator[Found]:
    if not isinstance(node, ObjectValueNode):
        yield FieldError(path, "must be an object"), node
        return
    sent = {one.name.value: one for one in node.fields}
    for name, field in type_.fields.items():
        if name in sent:
            yield from problems_of_literal(sent[name].value, field.type, (*path, name))
        elif is_required_input_field(field):
            yield FieldError((*path, name), "is required"), node
    for name, one in sent.items():
        if name not in type_.fields:
            yield _unknown(name, path), one


def _problems_of_leaf(coerce: Callable[[], Any], type_: Leaf, path: Path) -> Iterator[FieldError]:
    try:
        is_right = coerce() is not Undefined
    except Exception as error:
        # The library hands on whatever a scalar raised, some of it inside an error of its own.
        raised = getattr(error, "original_error", None) or error
        message = raised.message if isinstance(raised, ZenModeError) else _expectation(type_)
        yield FieldError(path, message)
    else:
        if not is_right:
            yield FieldError(path, _expectation(type_))


def _unknown(name: str, path: Path) -> FieldError:
    printable = name[:_LONGEST_NAME].encode("ascii", "backslashreplace").decode()
    return FieldError((*path, printable), "is not a known field")


def _expectation(type_: Leaf) -> str:
    if isinstance(type_, GraphQLEnumType):
        return f"must be one of {', '.join(type_.values)}"
    return _EXPECTATIONS.get(type_.name, f"must be a {type_.name}")
