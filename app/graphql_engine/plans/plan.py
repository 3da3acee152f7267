"""An operation, worked out once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import strawberry
from graphql import (
    GraphQLEnumType,
    GraphQLObjectType,
    OperationDefinitionNode,
    OperationType,
    VariableNode,
    value_from_ast_untyped,
)

from app.graphql_engine.core_schema import core_schema
from app.graphql_engine.plans.building import SyncCompleter
from app.graphql_engine.plans.completion import Completer, Completers, EnumValues, completed
from app.graphql_engine.plans.resolve_info import (
    ExecutionState,
    PlannedField,
    PlannedOperation,
    PlanPath,
)
from app.graphql_engine.plans.resolving import Resolver, together
from app.graphql_engine.plans.selection import Nodes, Selection
from app.graphql_engine.plans.unplanned import FallbackToGraphQLCore
from app.graphql_engine.selections import Fragments, reachable_selections

Outcomes: TypeAlias = dict[str, Any]
"""By the name that each root field is answered under: what its resolver gave or raised."""

Calls: TypeAlias = dict[str, dict[str, Any]]
"""By the same names: what the resolvers are to be called with."""


def names_of(type_: GraphQLEnumType) -> Mapping[Any, object]:
    """GraphQL's own words for an enum's values."""
    return {type_.coerce_input_value(name): name for name in type_.values}


@dataclass(frozen=True, slots=True)
class _RootField:
    path: PlanPath
    resolver: Resolver
    completer: Completer


class Plan:
    """Runs one operation under one set of conditions."""

    def __init__(
        self,
        operation: PlannedOperation,
        fields: dict[str, _RootField],
        defaults: Mapping[str, Any],
    ) -> None:
        self._operation = operation
        self._fields = fields
        self._defaults = defaults

    def start(self, variables: Mapping[str, Any], context: object) -> ExecutionState:
        """Returns the state of one execution with these variables."""
        return ExecutionState(self._operation, context, variables, self._defaults)

    def calls(self, state: ExecutionState) -> Calls:
        """Returns the resolvers' arguments.

        Raises FallbackToGraphQLCore for variables that are not plainly of their types.
        """
        return {
            name: field.resolver.arguments(state.variables) for name, field in self._fields.items()
        }

    async def outcomes(self, calls: Calls, state: ExecutionState) -> Outcomes:
        """Calls the resolvers, each once."""
        if len(calls) == 1:
            ((name, arguments),) = calls.items()
            return {name: await self._outcome(name, arguments, state)}
        resolved = [self._outcome(name, arguments, state) for name, arguments in calls.items()]
        return dict(zip(calls, await together(resolved), strict=True))

    async def _outcome(self, name: str, arguments: dict[str, Any], state: ExecutionState) -> Any:
        field = self._fields[name]
        try:
            return await field.resolver.value(None, arguments, field.path, state)
        except Exception as error:
            return error

    def waits_for(self, name: str) -> bool:
        """Returns whether the resolver of this root field is a coroutine."""
        return self._fields[name].resolver.is_async

    def events(self, state: ExecutionState) -> Any:
        """Returns the stream of a subscription's events.

        Raises FallbackToGraphQLCore as `calls` does.
        """
        (field,) = self._fields.values()
        arguments = field.resolver.arguments(state.variables)
        return field.resolver.call(None, arguments, field.path, state)

    async def data(self, outcomes: Outcomes, state: ExecutionState) -> dict[str, Any]:
        """Returns the response's data.

        Raises what a resolver raised, or anything for a value that is unusual.
        """
        failed = next((one for one in outcomes.values() if isinstance(one, Exception)), None)
        if failed is not None:
            try:
                raise failed
            finally:
                # The error's traceback holds this frame, which must not hold the error.
                del failed, outcomes
        parts = []
        for name, outcome in outcomes.items():
            field = self._fields[name]
            parts.append(completed(field.completer, outcome, field.path, state))
        return dict(zip(outcomes, await together(parts), strict=True))

    async def event_data(self, event: Any, state: ExecutionState) -> dict[str, Any]:
        """Returns the response's data for one event of a subscription. Raises as `data` does."""
        (name,) = self._fields
        return await self.data({name: event}, state.for_event(event))

    def plain_event_data(self, event: Any) -> dict[str, Any]:
        """The same at once. Raises FallbackToGraphQLCore where a resolver has to be called."""
        ((name, field),) = self._fields.items()
        if not isinstance(field.completer, SyncCompleter):
            raise FallbackToGraphQLCore
        return {name: field.completer.complete(event)}


def plan_of(
    schema: strawberry.Schema,
    operation: OperationDefinitionNode,
    fragments: Fragments,
    conditions: Mapping[str, bool],
    words: EnumValues = names_of,
) -> Plan:
    """A plan for a valid operation. Raises FallbackToGraphQLCore where there can be none."""
    if schema.config.default_resolver is not getattr:
        # Plans read attributes.
        raise FallbackToGraphQLCore
    selection = Selection(core_schema(schema), fragments, conditions)
    root = core_schema(schema).get_root_type(operation.operation)
    assert root is not None
    selected = selection.fields(root, [operation.selection_set])
    if operation.directives or (
        operation.operation is OperationType.MUTATION and len(selected) != 1
    ):
        # Mutations of several fields go one by one, and stop at some errors.
        raise FallbackToGraphQLCore
    completers = Completers(schema, selection, words)
    fields = {
        name: _root_field(schema, root, name, nodes, completers) for name, nodes in selected.items()
    }
    return Plan(PlannedOperation(schema, operation, fragments), fields, _defaults(operation))


def conditions_of(operation: OperationDefinitionNode, fragments: Fragments) -> dict[str, Any]:
    """The variables that stand in @skip and @include, each with its default or None."""
    defaults = _defaults(operation)
    return {
        argument.value.name.value: defaults.get(argument.value.name.value)
        for selection in reachable_selections(operation.selection_set, fragments)
        for directive in selection.directives or ()
        for argument in directive.arguments or ()
        if isinstance(argument.value, VariableNode)
    }


def _root_field(
    schema: strawberry.Schema,
    root: GraphQLObjectType,
    name: str,
    nodes: Nodes,
    completers: Completers,
) -> _RootField:
    field = root.fields.get(nodes[0].name.value)
    if field is None:
        # The schema's own description.
        raise FallbackToGraphQLCore
    return _RootField(
        (None, name, root.name),
        Resolver(schema, PlannedField(root, field, nodes)),
        completers.completer(field.type, nodes),
    )


def _defaults(operation: OperationDefinitionNode) -> dict[str, Any]:
    return {
        one.variable.name.value: value_from_ast_untyped(one.default_value)
        for one in operation.variable_definitions or ()
        if one.default_value is not None
    }
