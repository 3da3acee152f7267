"""Runs operations that were read from documents, without reading them again."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from inspect import isawaitable
from typing import Any, cast

import strawberry
from graphql import ExecutionResult, GraphQLError, OperationType, execute, subscribe

from app.schema.document import Operation, Refusal


class Execution:
    """Runs operations against one schema."""

    def __init__(self, schema: strawberry.Schema) -> None:
        self._schema = schema._schema
        self._executor = schema.execution_context_class

    async def run(
        self, operation: Operation, variables: dict[str, Any], context: object
    ) -> ExecutionResult:
        """The answer to a query or mutation; what goes wrong in it stands in its errors."""
        result = execute(
            self._schema,
            operation.document,
            context_value=context,
            variable_values=variables,
            operation_name=operation.name,
            executor_class=self._executor,
            hide_suggestions=True,
        )
        return await result if isawaitable(result) else result

    async def stream(
        self, operation: Operation, variables: dict[str, Any], context: object
    ) -> AsyncGenerator[ExecutionResult | Refusal, None]:
        """The answers to any operation: those of a subscription as they come, else the one.

        A subscription that cannot begin, or breaks, ends with a refusal.
        """
        if operation.type is not OperationType.SUBSCRIPTION:
            yield await self.run(operation, variables, context)
            return
        try:
            source = await self._subscribed(operation, variables, context)
            if isinstance(source, ExecutionResult):
                yield Refusal(source.errors or [])
                return
            async with aclosing(cast("AsyncGenerator[ExecutionResult, None]", source)) as results:
                async for result in results:
                    yield result
        except Exception as error:
            yield Refusal([GraphQLError("", original_error=error)])

    async def _subscribed(
        self, operation: Operation, variables: dict[str, Any], context: object
    ) -> AsyncIterator[ExecutionResult] | ExecutionResult:
        subscribed = subscribe(
            self._schema,
            operation.document,
            context_value=context,
            variable_values=variables,
            operation_name=operation.name,
            executor_class=self._executor,
            hide_suggestions=True,
        )
        return await subscribed if isawaitable(subscribed) else subscribed
