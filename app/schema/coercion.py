"""Values that do not fit their types, told by place and expectation, never by the value itself.

The library's own sentences print the whole input and suggest names that look alike.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from graphql import (
    FieldNode,
    GraphQLEnumType,
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    ListValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    Undefined,
    ValueNode,
    VariableNode,
    get_named_type,
    is_input_type,
    type_from_ast,
)
from graphql.execution import get_variable_values
from graphql.utilities import validate_input_value

from app.domain.errors import BadInput, FieldError, ZenModeError
from app.schema.selections import Fragments, reachable_selections

Path = tuple[str | int, ...]

_MOST_DETAILS: Final = 100
_MISSING: Final = re.compile(r"to include required field '(.+?)', found: ", re.DOTALL)
_UNKNOWN: Final = re.compile(r"not to include unknown field '(.*?)', found: ", re.DOTALL)
_EXPECTATIONS: Final = {
    "Int": "must be an integer of at most 32 bits",
    "Float": "must be a number",
    "String": "must be a string",
    "ID": "must be a string",
    "Boolean": "must be true or false",
    "DateTime": "must be an RFC 3339 time with its offset",
}


def refused_variables(
    schema: GraphQLSchema,
    operation: OperationDefinitionNode,
    fragments: Fragments,
    variables: Mapping[str, object],
) -> BadInput | None:
    """What is wrong with the variables of a valid operation, or None.

    Each detail's path leads down from the argument that takes the variable.
    """
    definitions = operation.variable_definitions or ()
    values = get_variable_values(schema, definitions, dict(variables), 1, hide_suggestions=True)
    if not isinstance(values, list):
        return None
    places = _arguments_taking_variables(operation, fragments)
    details: list[FieldError] = []
    for definition in definitions:
        name = definition.variable.name.value
        value = variables.get(name, Undefined)
        type_ = type_from_ast(schema, definition.type)
        if is_input_type(type_) and not (value is Undefined and definition.default_value):
            place = places.get(name, (name,))
            details.extend(_problems(value, type_, place))
    return BadInput.of(details[:_MOST_DETAILS]) if details else BadInput("bad variables")


def problem_at(
    place: Path, type_: GraphQLInputType, error: GraphQLError, path: Sequence[str | int]
) -> FieldError:
    """The library's complaint about a value of a type, with where the value stands, as our own."""
    within = (*place, *path)
    if isinstance(error.original_error, ZenModeError):
        return FieldError(within, error.original_error.message)
    if found := _MISSING.search(error.message):
        return FieldError((*within, found[1]), "is required")
    if found := _UNKNOWN.search(error.message):
        name = found[1][:80].encode("ascii", "backslashreplace").decode()
        return FieldError((*within, name), "is not a known field")
    if error.message.endswith("not to be None."):
        return FieldError(within, "must not be null")
    if error.message.endswith("to be provided."):
        return FieldError(within, "is required")
    return FieldError(within, _expectation(_type_at(type_, path)))


def _problems(value: object, type_: GraphQLInputType, place: Path) -> list[FieldError]:
    found: list[FieldError] = []
    validate_input_value(
        value,
        type_,
        lambda error, path: found.append(problem_at(place, type_, error, path)),
        hide_suggestions=True,
    )
    return found


def _type_at(type_: GraphQLInputType, path: Sequence[str | int]) -> GraphQLInputType:
    for part in path:
        while isinstance(type_, GraphQLNonNull) or (
            isinstance(type_, GraphQLList) and isinstance(part, str)
        ):
            type_ = type_.of_type
        if isinstance(type_, GraphQLList):
            type_ = type_.of_type
        elif isinstance(type_, GraphQLInputObjectType):
            type_ = type_.fields[str(part)].type
    return type_


def _expectation(type_: GraphQLInputType) -> str:
    named = get_named_type(type_)
    if isinstance(named, GraphQLEnumType):
        return f"must be one of {', '.join(named.values)}"
    if isinstance(named, GraphQLInputObjectType):
        return "must be an object"
    return _EXPECTATIONS.get(named.name, f"must be a {named.name}")


def _arguments_taking_variables(
    operation: OperationDefinitionNode, fragments: Fragments
) -> dict[str, Path]:
    """For each variable the argument that takes it, and the place of the variable in there."""
    places: dict[str, Path] = {}
    for selection in reachable_selections(operation.selection_set, fragments):
        taking = list(selection.arguments or ()) if isinstance(selection, FieldNode) else []
        for directive in selection.directives or ():
            taking.extend(directive.arguments or ())
        for argument in taking:
            for name, path in _variables_in(argument.value, (argument.name.value,)):
                places.setdefault(name, path)
    return places


def _variables_in(value: ValueNode, path: Path) -> Iterator[tuple[str, Path]]:
    if isinstance(value, VariableNode):
        yield value.name.value, path
    elif isinstance(value, ObjectValueNode):
        for one in value.fields:
            yield from _variables_in(one.value, (*path, one.name.value))
    elif isinstance(value, ListValueNode):
        for index, item in enumerate(value.values):
            yield from _variables_in(item, (*path, index))
