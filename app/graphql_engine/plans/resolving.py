"""Calls of resolvers."""

import asyncio
from collections.abc import Awaitable, Sequence
from inspect import isawaitable
from typing import Any

import strawberry

from app.graphql_engine.plans.arguments import arguments_of
from app.graphql_engine.plans.coercion import DEFINITION
from app.graphql_engine.plans.resolve_info import (
    ExecutionState,
    LazyResolveInfo,
    PlannedField,
    PlanPath,
)
from app.graphql_engine.plans.unplanned import FallbackToGraphQLCore


class Resolver:
    """A field's function."""

    def __init__(self, schema: strawberry.Schema, field: PlannedField) -> None:
        definition = field.definition.extensions[DEFINITION]
        known = definition.base_resolver
        if known is None or definition.extensions or known.parent_parameter or known.root_parameter:
            raise FallbackToGraphQLCore
        self._field = field
        self._definition = definition
        self._function = known.wrapped_func
        self.is_async: bool = known.is_async
        self._takes_source = known.self_parameter is not None
        self._info_name = known.info_parameter.name if known.info_parameter else None
        self._info = schema.config.info_class
        self.arguments = arguments_of(schema, field.definition, field.nodes[0])

    def call(
        self, source: object, arguments: dict[str, Any], path: PlanPath, state: ExecutionState
    ) -> Any:
        """Returns what the function returns: a value, an awaitable, or a stream of events."""
        if self._info_name is not None:
            info = LazyResolveInfo(self._field, path, state)
            arguments[self._info_name] = self._info(info, self._definition)  # type: ignore[arg-type]
        if self._takes_source:
            return self._function(source, **arguments)
        return self._function(**arguments)

    async def value(
        self, source: object, arguments: dict[str, Any], path: PlanPath, state: ExecutionState
    ) -> Any:
        """Returns what the function returns, awaited if need be."""
        returned = self.call(source, arguments, path, state)
        return await returned if self.is_async or isawaitable(returned) else returned


async def together(parts: Sequence[Awaitable[Any]]) -> list[Any]:
    """The results of all; when one fails, the others are cancelled and waited for."""
    if len(parts) == 1:
        return [await parts[0]]
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(_awaited(part)) for part in parts]
    return [task.result() for task in tasks]


async def _awaited(part: Awaitable[Any]) -> Any:
    return await part
