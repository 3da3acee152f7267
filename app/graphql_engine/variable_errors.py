"""Values that do not fit their types, named by path and expectation, never by the value itself.

The library's own sentences print the whole input and suggest names that look alike.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Final

from graphql import (
    FieldNode,
    GraphQLSchema,
    ListValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    Undefined,
    ValueNode,
    VariableNode,
    is_input_type,
    type_from_ast,
)

from app.domain.errors import BadInput, FieldError
from app.graphql_engine.input_problems import Path, problems_of_value
from app.graphql_engine.selections import Fragments, reachable_selections

_MOST_DETAILS: Final = 100


def refused_variables(
    schema: GraphQLSchema,
    operation: OperationDefinitionNode,
    fragments: Fragments,
    variables: Mapping[str, object],
) -> BadInput | None:
    """What is wrong with the variables of a valid operation, or None.

    Each detail's path leads down from the argument that takes the variable. The search ends with
    the last detail that is returned: one request may hold tens of thousands of wrong values.
    """
    details = list(islice(_problems(schema, operation, variables), _MOST_DETAILS))
    if not details:
        return None
    return BadInput.of(at_arguments(details, operation, fragments))


def at_arguments(
    details: Iterable[FieldError], operation: OperationDefinitionNode, fragments: Fragments
) -> list[FieldError]:
    """The same, whose paths begin with a variable, by the arguments that take the variables."""
    paths = _arguments_taking_variables(operation, fragments)
    return [
        FieldError((*paths.get(str(name), (name,)), *below), one.message)
        for one in details
        for name, *below in (one.path,)
    ]


def _problems(
    schema: GraphQLSchema,
    operation: OperationDefinitionNode,
    variables: Mapping[str, object],
) -> Iterator[FieldError]:
    """Each by the variable's name and the path below it."""
    for definition in operation.variable_definitions or ():
        name = definition.variable.name.value
        value = variables.get(name, Undefined)
        type_ = type_from_ast(schema, definition.type)
        if is_input_type(type_) and not (value is Undefined and definition.default_value):
            yield from problems_of_value(value, type_, (name,))


def _arguments_taking_variables(
    operation: OperationDefinitionNode, fragments: Fragments
) -> dict[str, Path]:
    """For each variable the argument that takes it, and the path of the variable in it."""
    paths: dict[str, Path] = {}
    for selection in reachable_selections(operation.selection_set, fragments):
        taking = list(selection.arguments or ()) if isinstance(selection, FieldNode) else []
        for directive in selection.directives or ():
            taking.extend(directive.arguments or ())
        for argument in taking:
            for name, path in _variables_in(argument.value, (argument.name.value,)):
                paths.setdefault(name, path)
    return paths


def _variables_in(value: ValueNode, path: Path) -> Iterator[tuple[str, Path]]:
    if isinstance(value, VariableNode):
        yield value.name.value, path
    elif isinstance(value, ObjectValueNode):
        for one in value.fields:
            yield from _variables_in(one.value, (*path, one.name.value))
    elif isinstance(value, ListValueNode):
        for index, item in enumerate(value.values):
            yield from _variables_in(item, (*path, index))
