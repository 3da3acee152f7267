"""The schema keeps every promise of the published one; it may only add to it."""

from pathlib import Path

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    build_schema,
    print_ast,
)

from app.schema import print_schema, schema

PUBLISHED = build_schema((Path(__file__).parent / "contract.graphql").read_text())
OURS: GraphQLSchema = build_schema(print_schema())


def broken_promises(published: GraphQLNamedType) -> list[str]:
    """What of one published type ours lacks, or has otherwise."""
    ours = OURS.type_map.get(published.name)
    if ours is None:
        return [f"{published.name} is missing"]
    if type(ours) is not type(published):
        return [f"{published.name} is another kind of type"]
    if isinstance(published, GraphQLEnumType):
        assert isinstance(ours, GraphQLEnumType)
        return [f"{published.name}.{one}" for one in published.values if one not in ours.values]
    if isinstance(published, GraphQLScalarType):
        return []
    return broken_fields(published, ours)


def broken_fields(published: GraphQLNamedType, ours: GraphQLNamedType) -> list[str]:
    assert isinstance(published, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType)
    assert isinstance(ours, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType)
    broken = []
    for name, field in published.fields.items():
        own = ours.fields.get(name)
        where = f"{published.name}.{name}"
        if own is None:
            broken.append(f"{where} is missing")
            continue
        if str(own.type) != str(field.type):
            broken.append(f"{where} is {own.type}, not {field.type}")
        if isinstance(published, GraphQLInputObjectType):
            if default_of(own) != default_of(field):
                broken.append(f"{where} has another default")
            continue
        broken += broken_arguments(where, field.args, own.args)
    if isinstance(published, GraphQLObjectType) and isinstance(ours, GraphQLObjectType):
        names = {one.name for one in ours.interfaces}
        broken += [
            f"{published.name} is no {one.name}"
            for one in published.interfaces
            if one.name not in names
        ]
    return broken


def default_of(field: GraphQLInputField | GraphQLArgument) -> str | None:
    """The default as it is written; null is as good as none."""
    node = field.ast_node
    written = print_ast(node.default_value) if node and node.default_value else None
    return None if written == "null" else written


def broken_arguments(where: str, published: dict, ours: dict) -> list[str]:
    broken = []
    for name, argument in published.items():
        own = ours.get(name)
        if own is None:
            broken.append(f"{where}({name}) is missing")
        elif str(own.type) != str(argument.type):
            broken.append(f"{where}({name}) is {own.type}, not {argument.type}")
        elif default_of(own) != default_of(argument):
            broken.append(f"{where}({name}) has another default")
    for name, own in ours.items():
        if name not in published and str(own.type).endswith("!") and default_of(own) is None:
            broken.append(f"{where}({name}) is required and was not published")
    return broken


def test_nothing_published_is_missing_renamed_or_of_other_nullability() -> None:
    published = [one for one in PUBLISHED.type_map.values() if not one.name.startswith("__")]

    assert [fault for one in published for fault in broken_promises(one)] == []


def test_new_fields_of_published_inputs_are_optional() -> None:
    required = [
        f"{published.name}.{name}"
        for published in PUBLISHED.type_map.values()
        if isinstance(published, GraphQLInputObjectType)
        for name, field in OURS.type_map[published.name].fields.items()  # type: ignore[union-attr]
        if name not in published.fields
        and str(field.type).endswith("!")
        and default_of(field) is None
    ]

    assert required == []


def test_every_public_type_says_what_it_is() -> None:
    silent = [
        one.name
        for one in schema._schema.type_map.values()
        if not one.name.startswith("__")
        and one.name not in ("String", "Int", "Float", "Boolean", "ID")
        and not one.description
    ]

    assert silent == []
