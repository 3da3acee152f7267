"""From values as sent to what resolvers take, where they are plainly of their type.

A function for each type; it raises FallbackToGraphQLCore for what the library would have to look
at: a wrong value, and also one that it would bend into shape, such as a number for an ID.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLID,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLInt,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
    GraphQLString,
    Undefined,
)
from strawberry.schema.schema_converter import GraphQLCoreConverter

from app.domain.errors import BadInput
from app.graphql_engine.plans.unplanned import FallbackToGraphQLCore

Coerce = Callable[[Any], Any]

DEFINITION: Final = GraphQLCoreConverter.DEFINITION_BACKREF
PLAIN_TYPES: Final = {
    GraphQLString.name: str,
    GraphQLID.name: str,
    GraphQLBoolean.name: bool,
}


def coercer(type_: GraphQLInputType) -> Coerce:
    """What makes of a value of this type what Strawberry hands to resolvers."""
    if isinstance(type_, GraphQLNonNull):
        return _coercer_of_present(type_.of_type)
    present = _coercer_of_present(type_)
    return lambda value: None if value is None else present(value)


def _coercer_of_present(type_: GraphQLInputType) -> Coerce:
    if isinstance(type_, GraphQLList):
        return partial(_list, coercer(type_.of_type))
    if isinstance(type_, GraphQLInputObjectType):
        return _input_coercer(type_)
    if isinstance(type_, GraphQLEnumType):
        members = {name: type_.coerce_input_value(name) for name in type_.values}
        return partial(_member, members)
    assert isinstance(type_, GraphQLScalarType)
    if type_.name == GraphQLInt.name:
        return _int
    if (kind := PLAIN_TYPES.get(type_.name)) is not None:
        return partial(_exactly, kind)
    return partial(_scalar, type_)


def _exactly(kind: type, value: Any) -> Any:
    if type(value) is not kind:
        raise FallbackToGraphQLCore
    return value


def _int(value: Any) -> int:
    if type(value) is not int or not -(2**31) <= value < 2**31:
        raise FallbackToGraphQLCore
    return value


def _scalar(type_: GraphQLScalarType, value: Any) -> Any:
    if value is None or value is Undefined:
        raise FallbackToGraphQLCore
    try:
        return type_.coerce_input_value(value)
    except Exception as error:
        raise FallbackToGraphQLCore from error


def _member(members: dict[str, Any], value: Any) -> Any:
    if type(value) is not str or value not in members:
        raise FallbackToGraphQLCore
    return members[value]


def _list(coerce: Coerce, values: Any) -> list[Any]:
    if type(values) is not list:
        raise FallbackToGraphQLCore
    return [coerce(value) for value in values]


def _input_coercer(type_: GraphQLInputObjectType) -> Coerce:
    definition = type_.extensions[DEFINITION]
    if type_.is_one_of or definition.from_input is not None:
        raise FallbackToGraphQLCore
    known = {
        name: (field.extensions[DEFINITION].python_name, coercer(field.type))
        for name, field in type_.fields.items()
    }
    make = definition.origin
    # A transport of ours may have read the input already, or know why it is refused.
    validated_type = getattr(make, "validated_type", None)

    def coerce(value: Any) -> Any:
        if type(value) is validated_type or type(value) is BadInput:
            return value
        if type(value) is not dict:
            raise FallbackToGraphQLCore
        arguments: dict[str, Any] = {}
        for name, sent in value.items():
            if name not in known:
                raise FallbackToGraphQLCore
            if sent is not Undefined:
                python_name, coerce_field = known[name]
                arguments[python_name] = coerce_field(sent)
        try:
            return make(**arguments)
        except TypeError as error:
            # A field that must be there is not.
            raise FallbackToGraphQLCore from error

    return coerce
