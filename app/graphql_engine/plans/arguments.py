"""What a field's resolver is called with."""

from collections.abc import Callable, Mapping
from typing import Any

import strawberry
from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    ListValueNode,
    ObjectValueNode,
    Undefined,
    ValueNode,
    VariableNode,
    Visitor,
    value_from_ast_untyped,
    visit,
)

from app.graphql_engine.plans.coercion import DEFINITION, Coerce, coercer
from app.graphql_engine.plans.unplanned import FallbackToGraphQLCore

Variables = Mapping[str, Any]
Arguments = Callable[[Variables], dict[str, Any]]


def arguments_of(schema: strawberry.Schema, field: GraphQLField, node: FieldNode) -> Arguments:
    """The arguments for the variables of a request, by the names that the resolver has for them.

    The returned function raises FallbackToGraphQLCore for a value that is not plainly of its type.
    An argument that was left out stays out: the resolver has the same default as the schema.
    """
    name_of = schema.config.name_converter.from_argument
    names = {name_of(one): one.python_name for one in field.extensions[DEFINITION].arguments}
    sent = {one.name.value: one.value for one in node.arguments or ()}
    fixed: dict[str, Any] = {}
    varying: list[_Varying] = []
    for name, argument in field.args.items():
        coerce = coercer(argument.type)
        is_required = isinstance(argument.type, GraphQLNonNull) and (
            argument.default_value is Undefined
        )
        if name in sent and _varies(sent[name]):
            _refuse_variables_in_scalars(sent[name], argument.type)
            varying.append((names[name], sent[name], coerce, is_required))
        elif name in sent:
            fixed[names[name]] = coerce(value_from_ast_untyped(sent[name]))
    return _from_variables(fixed, varying) if varying else lambda _variables: dict(fixed)


_Varying = tuple[str, ValueNode, Coerce, bool]


def _from_variables(fixed: dict[str, Any], varying: list[_Varying]) -> Arguments:
    def arguments(variables: Variables) -> dict[str, Any]:
        found = dict(fixed)
        for name, node, coerce, is_required in varying:
            if isinstance(node, VariableNode):
                value = variables.get(node.name.value, Undefined)
            else:
                value = value_from_ast_untyped(node, variables)  # type: ignore[arg-type]
            if value is not Undefined:
                found[name] = coerce(value)
            elif is_required:
                raise FallbackToGraphQLCore
        return found

    return arguments


class _VariableFinder(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.has_found = False

    def enter_variable(self, *_: Any) -> None:
        self.has_found = True


def _refuse_variables_in_scalars(value: ValueNode, type_: GraphQLInputType) -> None:
    """Raises FallbackToGraphQLCore where a scalar's own literal holds a variable.

    There the coerced variable counts, and only the scalar knows what becomes of one left out.
    """
    type_ = type_.of_type if isinstance(type_, GraphQLNonNull) else type_
    if isinstance(type_, GraphQLInputObjectType):
        for one in value.fields if isinstance(value, ObjectValueNode) else ():
            _refuse_variables_in_scalars(one.value, type_.fields[one.name.value].type)
    elif isinstance(type_, GraphQLList):
        for item in value.values if isinstance(value, ListValueNode) else (value,):
            _refuse_variables_in_scalars(item, type_.of_type)
    elif not isinstance(value, VariableNode) and _varies(value):
        raise FallbackToGraphQLCore


def _varies(value: ValueNode) -> bool:
    finder = _VariableFinder()
    visit(value, finder)
    return finder.has_found
