"""Calls of resolvers."""

import asyncio
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from inspect import isawaitable
from typing import Any

import strawberry
from graphql import FieldNode, GraphQLField

from app.graphql_engine.plans.arguments import arguments_of
from app.graphql_engine.plans.coercion import DEFINITION
from app.graphql_engine.plans.unplanned import FallbackToGraphQLCore


@dataclass(frozen=True, slots=True)
class ExecutionState:
    """One run of a plan. It is all that resolvers learn of their request: see `Resolver`."""

    context: object
    variables: Mapping[str, Any]


class Resolver:
    """A field's function. Of `info` it may read the context, and nothing else."""

    def __init__(self, schema: strawberry.Schema, field: GraphQLField, node: FieldNode) -> None:
        definition = field.extensions[DEFINITION]
        known = definition.base_resolver
        if known is None or definition.extensions or known.parent_parameter or known.root_parameter:
            raise FallbackToGraphQLCore
        self._definition = definition
        self._function = known.wrapped_func
        self.is_async: bool = known.is_async
        self._takes_source = known.self_parameter is not None
        self._info_name = known.info_parameter.name if known.info_parameter else None
        self._info = schema.config.info_class
        self.arguments = arguments_of(schema, field, node)

    def call(self, source: object, arguments: dict[str, Any], running: ExecutionState) -> Any:
        """What the function gives: a value, something to await, or a stream of events."""
        if self._info_name is not None:
            info = self._info(_raw_info=running, _field=self._definition)  # type: ignore[arg-type]
            arguments[self._info_name] = info
        if self._takes_source:
            return self._function(source, **arguments)
        return self._function(**arguments)

    async def value(
        self, source: object, arguments: dict[str, Any], running: ExecutionState
    ) -> Any:
        """What the function gives in the end."""
        given = self.call(source, arguments, running)
        return await given if isawaitable(given) else given


async def together(parts: Sequence[Awaitable[Any]]) -> list[Any]:
    """The results of all; when one fails, the others are cancelled and waited for."""
    if len(parts) == 1:
        return [await parts[0]]
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(_awaited(part)) for part in parts]
    return [task.result() for task in tasks]


async def _awaited(part: Awaitable[Any]) -> Any:
    return await part
