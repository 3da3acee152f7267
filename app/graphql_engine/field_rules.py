"""What the schema says of each field that bears on the cost of asking for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_introspection_type,
    is_list_type,
)

PAGE_SIZE: Final = "first"
_UNDECLARED_LENGTH: Final = 50
_LENGTH_KEY: Final = "list_length"
_PASSWORD_KEY: Final = "checks_password"
_STRAWBERRY_KEY: Final = "strawberry-definition"
_Composite = GraphQLObjectType | GraphQLInterfaceType


def list_length(at_most: int) -> Mapping[str, int]:
    """Declares, beside a list field, how long the list can be: `metadata=list_length(11)`."""
    return {_LENGTH_KEY: at_most}


def checks_password() -> Mapping[str, bool]:
    """Declares, beside a mutation, that it hashes a password, which is dear."""
    return {_PASSWORD_KEY: True}


def password_fields(schema: GraphQLSchema) -> frozenset[str]:
    """The mutations that hash a password; a document may hold one of them, once."""
    mutation = schema.mutation_type
    return frozenset(
        name
        for name, spec in (mutation.fields if mutation else {}).items()
        if _metadata(spec).get(_PASSWORD_KEY)
    )


@dataclass(frozen=True, slots=True)
class FieldRule:
    """One field: the type that it leads to, and how many of that there can be.

    A connection has as many as its `first` says, or `default_first`; all else `length`.
    """

    type_name: str
    is_connection: bool
    default_first: int
    length: int


def field_rules(schema: GraphQLSchema) -> Mapping[tuple[str, str], FieldRule]:
    """A rule for every field of every object and interface type, by the names of both."""
    composite = [
        one
        for one in schema.type_map.values()
        if isinstance(one, _Composite) and not is_introspection_type(one)
    ]
    every = [(one.name, name, spec) for one in composite for name, spec in one.fields.items()]
    # Below a connection its lists hold the very things that `first` has counted.
    connections = {get_named_type(spec.type).name for _, _, spec in every if PAGE_SIZE in spec.args}
    return {
        (owner, name): FieldRule(
            type_name=get_named_type(spec.type).name,
            is_connection=PAGE_SIZE in spec.args,
            default_first=_default_first(spec),
            length=1 if owner in connections else _length(spec),
        )
        for owner, name, spec in every
    }


def introspection_rules(schema: GraphQLSchema) -> Mapping[tuple[str, str], FieldRule]:
    """The same for the types that describe the schema itself.

    Their lists count as long as those of this schema are on average, so that a query for all of
    it is measured as what it is.
    """
    types = [one for one in schema.type_map.values() if not is_introspection_type(one)]
    composite = [one for one in types if isinstance(one, _Composite)]
    inputs = [one for one in types if isinstance(one, GraphQLInputObjectType)]
    enums = [one for one in types if isinstance(one, GraphQLEnumType)]
    fields = [field for one in composite for field in one.fields.values()]
    lengths = {
        ("__Schema", "types"): len(schema.type_map),
        ("__Schema", "directives"): len(schema.directives),
        ("__Type", "fields"): _average(len(one.fields) for one in composite),
        ("__Type", "inputFields"): _average(len(one.fields) for one in inputs),
        ("__Type", "enumValues"): _average(len(one.values) for one in enums),
        ("__Field", "args"): _average(len(one.args) for one in fields),
    }
    return {
        (owner.name, name): FieldRule(
            get_named_type(spec.type).name, False, 1, lengths.get((owner.name, name), 1)
        )
        for owner in schema.type_map.values()
        if isinstance(owner, GraphQLObjectType) and is_introspection_type(owner)
        for name, spec in owner.fields.items()
    } | {
        ("", "__schema"): FieldRule("__Schema", False, 1, 1),
        ("", "__type"): FieldRule("__Type", False, 1, 1),
    }


def _average(lengths: Iterable[int]) -> int:
    found = list(lengths)
    return max(-(-sum(found) // max(len(found), 1)), 1)


def _default_first(spec: GraphQLField) -> int:
    argument = spec.args.get(PAGE_SIZE)
    default = argument.default_value if argument else None
    return default if isinstance(default, int) else _UNDECLARED_LENGTH


def _length(spec: GraphQLField) -> int:
    if not is_list_type(get_nullable_type(spec.type)):
        return 1
    declared = _metadata(spec).get(_LENGTH_KEY, _UNDECLARED_LENGTH)
    assert isinstance(declared, int)
    return declared


def _metadata(spec: GraphQLField) -> Mapping[object, object]:
    declared: Mapping[object, object] = getattr(
        spec.extensions.get(_STRAWBERRY_KEY), "metadata", {}
    )
    return declared
