"""What resolvers learn of their field and their operation in a planned execution.

A resolver reads the same from `info` as in an execution by graphql-core. Most resolvers read the
context alone, so everything else is made when a resolver reads it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import strawberry
from graphql import (
    DocumentNode,
    Executor,
    GraphQLField,
    GraphQLObjectType,
    GraphQLResolveInfo,
    OperationDefinitionNode,
)
from graphql.pyutils import Path

from app.graphql_engine.core_schema import core_schema
from app.graphql_engine.plans.selection import Nodes
from app.graphql_engine.selections import Fragments

PlanPath: TypeAlias = tuple[Any, str | int, str | None]
"""graphql-core's `Path` without its class: the path above or None, a key, and the parent's type.

A plain tuple takes a tenth of the time that a named one takes, and few resolvers read it."""


@dataclass(frozen=True, slots=True)
class PlannedOperation:
    """The operation that a plan is made for."""

    schema: strawberry.Schema
    node: OperationDefinitionNode
    fragments: Fragments

    def executor(
        self, context: object, variables: Mapping[str, Any], root_value: object
    ) -> Executor[Any]:
        """Returns graphql-core's executor of this operation. It executes nothing here."""
        document = DocumentNode(definitions=(self.node, *self.fragments.values()))
        built = self.schema.execution_context_class.build(
            core_schema(self.schema),
            document,
            root_value=root_value,
            context_value=context,
            raw_variable_values=dict(variables),
            operation_name=self.node.name.value if self.node.name else None,
            hide_suggestions=True,
        )
        assert not isinstance(built, list), "the variables were validated before"
        return built


@dataclass(frozen=True, slots=True)
class PlannedField:
    """A field that a resolver is called for."""

    parent_type: GraphQLObjectType
    definition: GraphQLField
    nodes: Nodes


class ExecutionState:
    """One execution of a plan; `variables` as they were sent, with the operation's defaults."""

    def __init__(
        self,
        operation: PlannedOperation,
        context: object,
        sent: Mapping[str, Any],
        defaults: Mapping[str, Any],
        root_value: object = None,
    ) -> None:
        self._operation = operation
        self._defaults = defaults
        self._root_value = root_value
        self.sent = sent
        self.context = context
        self.variables: Mapping[str, Any] = {**defaults, **sent} if defaults else sent

    def for_event(self, event: object) -> "ExecutionState":
        """Returns the state in which a subscription's event is executed: it is the root value."""
        return ExecutionState(self._operation, self.context, self.sent, self._defaults, event)

    @cached_property
    def executor(self) -> Executor[Any]:
        """What graphql-core knows of this execution."""
        return self._operation.executor(self.context, self.sent, self._root_value)


class LazyResolveInfo:
    """A `GraphQLResolveInfo` that is made when a resolver reads more of it than the context."""

    __slots__ = ("_field", "_path", "_state", "_whole", "context")

    def __init__(self, field: PlannedField, path: PlanPath, state: ExecutionState) -> None:
        self.context = state.context
        self._field = field
        self._path = path
        self._state = state
        self._whole: GraphQLResolveInfo[Any] | None = None

    def __getattr__(self, name: str) -> Any:
        if self._whole is None:
            self._whole = self._made()
        return getattr(self._whole, name)

    def _made(self) -> GraphQLResolveInfo[Any]:
        field = self._field
        return self._state.executor.build_resolve_info(
            field.definition, field.nodes, field.parent_type, _whole_path(self._path)
        )


def _whole_path(path: PlanPath) -> Path:
    above, key, type_name = path
    return Path(None if above is None else _whole_path(above), key, type_name)
