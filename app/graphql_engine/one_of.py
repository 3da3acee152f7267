"""`isOneOf` of every type, in introspection."""

from graphql import (
    GraphQLInputObjectType,
    GraphQLNamedType,
    GraphQLResolveInfo,
    introspection_types,
)


def _is_one_of(type_: object, _info: "GraphQLResolveInfo[object]") -> bool | None:
    """Null for what is no input, as the GraphQL specification has it (4.2.2)."""
    return type_.is_one_of if isinstance(type_, GraphQLInputObjectType) else None


def install() -> None:
    """Answer for lists and non-null types too, on which Strawberry's own function fails.

    The types of introspection belong to all schemas of a process: a schema that is made later
    brings Strawberry's function back.
    """
    description: GraphQLNamedType = introspection_types["__Type"]
    description.fields["isOneOf"].resolve = _is_one_of  # type: ignore[attr-defined]
