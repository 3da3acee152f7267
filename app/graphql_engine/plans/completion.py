"""From what resolvers give to what is answered, in one pass (GraphQL specification, 6.4.3).

A function for each type. It raises whatever it likes for a value that is not plainly of its type:
graphql-core then looks at that value, and finds the words and the place of the error.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from operator import attrgetter, itemgetter
from typing import Any, Final, TypeAlias

import strawberry
from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLField,
    GraphQLID,
    GraphQLInt,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLScalarType,
    GraphQLString,
    GraphQLUnionType,
)

from app.graphql_engine.core_schema import core_schema
from app.graphql_engine.plans.building import SyncCompleter, calling, object_of, or_null
from app.graphql_engine.plans.coercion import DEFINITION
from app.graphql_engine.plans.resolve_info import ExecutionState, PlannedField, PlanPath
from app.graphql_engine.plans.resolving import Resolver, together
from app.graphql_engine.plans.row_view import RowView
from app.graphql_engine.plans.selection import Nodes, Selection
from app.graphql_engine.plans.unplanned import FallbackToGraphQLCore

EnumValues: TypeAlias = Callable[[GraphQLEnumType], Mapping[Any, object]]
"""What each value of an enum is answered with."""

_TYPENAME: Final = "__typename"


@dataclass(frozen=True, slots=True)
class AsyncCompleter:
    """Completes values for which, somewhere inside, resolvers have to be called."""

    complete: "AsyncComplete"


AsyncComplete: TypeAlias = Callable[[Any, PlanPath, ExecutionState], Awaitable[Any]]
"""Called with a value and the path where it stands."""

Completer: TypeAlias = SyncCompleter | AsyncCompleter


class Completers:
    """Makes completers for what one operation selects."""

    def __init__(self, schema: strawberry.Schema, selection: Selection, words: EnumValues) -> None:
        self._schema = schema
        self._selection = selection
        self._words = words

    def completer(self, type_: GraphQLOutputType, nodes: Nodes) -> Completer:
        """What completes a field's value. Raises FallbackToGraphQLCore where no plan can."""
        if isinstance(type_, GraphQLNonNull):
            return self._present(type_.of_type, nodes)
        return _optional(self._present(type_, nodes))

    def _present(self, type_: GraphQLOutputType, nodes: Nodes) -> Completer:
        """Completes what is not null; for a null it raises."""
        if isinstance(type_, GraphQLList):
            return _every(self.completer(type_.of_type, nodes))
        if isinstance(type_, GraphQLObjectType):
            return self._object(type_, nodes)
        if isinstance(type_, GraphQLInterfaceType | GraphQLUnionType):
            possible = core_schema(self._schema).get_possible_types(type_)
            return _by_class({_class_of(one): self._object(one, nodes) for one in possible})
        if isinstance(type_, GraphQLEnumType):
            return calling(dict(self._words(type_)).__getitem__)
        assert isinstance(type_, GraphQLScalarType)
        return _LEAVES.get(type_.name) or SyncCompleter(_SCALAR, type_.coerce_output_value)

    def _object(self, type_: GraphQLObjectType, nodes: Nodes) -> Completer:
        selected = self._selection.fields(type_, (node.selection_set for node in nodes))
        plain: dict[str, tuple[str, SyncCompleter]] = {}
        resolved: dict[str, AsyncComplete] = {}
        for name, same in selected.items():
            if same[0].name.value == _TYPENAME:
                plain[name] = ("__class__", SyncCompleter(repr(type_.name)))
                continue
            field = type_.fields[same[0].name.value]
            completer = self.completer(field.type, same)
            attribute = _attribute_of(field)
            if attribute is None:
                resolved[name] = self._resolving(PlannedField(type_, field, same), completer)
            elif isinstance(completer, SyncCompleter):
                plain[name] = (attribute, completer)
            else:
                resolved[name] = partial(_from_attribute, attribute, completer.complete)
        complete = _plain_object(_class_of(type_), plain)
        if resolved:
            return _resolved_object(type_.name, list(selected), complete, resolved)
        return calling(complete)

    def _resolving(self, field: PlannedField, completer: Completer) -> AsyncComplete:
        resolver = Resolver(self._schema, field)

        async def resolve(source: Any, path: PlanPath, state: ExecutionState) -> Any:
            arguments = resolver.arguments(state.variables)
            value = await resolver.value(source, arguments, path, state)
            return await completed(completer, value, path, state)

        return resolve


async def completed(completer: Completer, value: Any, path: PlanPath, state: ExecutionState) -> Any:
    """Returns the result of completing a value."""
    if isinstance(completer, SyncCompleter):
        return completer.complete(value)
    return await completer.complete(value, path, state)


def _class_of(type_: GraphQLObjectType) -> type:
    origin: type = type_.extensions[DEFINITION].origin
    return origin


def _attribute_of(field: GraphQLField) -> str | None:
    """Returns the attribute that holds a field, or None for a field with a resolver."""
    definition = field.extensions[DEFINITION]
    return definition.python_name if definition.is_basic_field else None


def _plain_object(
    class_: type, fields: Mapping[str, tuple[str, SyncCompleter]]
) -> Callable[[Any], dict[str, Any]]:
    attributes = [attribute for attribute, _ in fields.values()]
    build = object_of({name: plain for name, (_, plain) in fields.items()})
    if issubclass(class_, RowView) and set(attributes) <= set(class_.columns):
        return _row_object(class_, attributes, build)
    values_of = _getter(attrgetter, attributes)

    def complete(source: Any) -> dict[str, Any]:
        if type(source) is not class_:
            raise FallbackToGraphQLCore
        return build(*values_of(source))

    return complete


def _row_object(
    class_: type[RowView], columns: list[str], build: Callable[..., dict[str, Any]]
) -> Callable[[Any], dict[str, Any]]:
    """Completes an object that shows nothing but columns of its row."""
    values_of = _getter(itemgetter, [class_.columns.index(column) for column in columns])

    def complete(source: Any) -> dict[str, Any]:
        if type(source) is not class_:
            raise FallbackToGraphQLCore
        return build(*values_of(source.row))

    return complete


def _getter(getter: Callable[..., Any], places: list[Any]) -> Callable[[Any], tuple[Any, ...]]:
    """Returns a function that gives the values in all of these places."""
    if len(places) > 1:
        values: Callable[[Any], tuple[Any, ...]] = getter(*places)
        return values
    getters = [getter(place) for place in places]
    return lambda source: tuple(get(source) for get in getters)


def _resolved_object(
    type_name: str,
    names: list[str],
    plain: Callable[[Any], dict[str, Any]],
    resolved: Mapping[str, AsyncComplete],
) -> AsyncCompleter:
    async def complete(source: Any, path: PlanPath, state: ExecutionState) -> dict[str, Any]:
        # The order of the answer is that of the document.
        answer = dict.fromkeys(names)
        answer.update(plain(source))
        parts = [
            resolve(source, (path, name, type_name), state) for name, resolve in resolved.items()
        ]
        answer.update(zip(resolved, await together(parts), strict=True))
        return answer

    return AsyncCompleter(complete)


async def _from_attribute(
    attribute: str, complete: AsyncComplete, source: Any, path: PlanPath, state: ExecutionState
) -> Any:
    return await complete(getattr(source, attribute), path, state)


def _optional(completer: Completer) -> Completer:
    if isinstance(completer, SyncCompleter):
        return or_null(completer)
    resolved = completer.complete

    async def complete(value: Any, path: PlanPath, state: ExecutionState) -> Any:
        return None if value is None else await resolved(value, path, state)

    return AsyncCompleter(complete)


def _every(completer: Completer) -> Completer:
    if isinstance(completer, SyncCompleter):
        return calling(partial(_plain_list, completer.complete))
    resolved = completer.complete

    async def complete(values: Any, path: PlanPath, state: ExecutionState) -> list[Any]:
        items = enumerate(_listed(values))
        return await together([resolved(item, (path, index, None), state) for index, item in items])

    return AsyncCompleter(complete)


def _plain_list(complete: Callable[[Any], Any], values: Any) -> list[Any]:
    return [complete(value) for value in _listed(values)]


def _listed(values: Any) -> list[Any]:
    if type(values) is not list:
        raise FallbackToGraphQLCore
    return values


def _by_class(completers: Mapping[type, Completer]) -> Completer:
    plain = {
        kind: one.complete for kind, one in completers.items() if isinstance(one, SyncCompleter)
    }
    if len(plain) == len(completers):
        return calling(lambda value: plain[type(value)](value))

    async def complete(value: Any, path: PlanPath, state: ExecutionState) -> Any:
        return await completed(completers[type(value)], value, path, state)

    return AsyncCompleter(complete)


_SCALAR: Final = "refuse() if {value} is None or (found := {call}({value})) is None else found"
_TEXT: Final = SyncCompleter("{value} if type({value}) is str else refuse()")
_LEAVES: Final = {
    GraphQLString.name: _TEXT,
    GraphQLID.name: _TEXT,
    GraphQLInt.name: SyncCompleter(
        "{value} if type({value}) is int and -(2**31) <= {value} < 2**31 else refuse()"
    ),
    GraphQLBoolean.name: SyncCompleter("{value} if type({value}) is bool else refuse()"),
}
