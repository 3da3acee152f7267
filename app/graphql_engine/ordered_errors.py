"""The errors of an answer, the same whichever of its fields happens to be resolved first.

graphql-core cancels the siblings of a field that failed, so that it depends on the speed of a
database which of several errors is returned. Here all siblings finish, the first error in the order
of the document takes their parent away, and what was noted below it is left out (GraphQL
specification, 6.4.4).
"""

import asyncio
from collections.abc import Awaitable, Sequence
from typing import Any

from graphql import ExecutionResult, GraphQLError
from graphql.execution import executor

_Position = tuple[int, ...]


async def gather_in_order(*awaitables: Awaitable[Any]) -> list[Any]:
    """The results of all. When some fail, the first of them in order is raised at the end."""
    results = await asyncio.gather(*awaitables, return_exceptions=True)
    for result in results:
        if isinstance(result, BaseException):
            raise result
    return results


def install() -> None:
    """Makes graphql-core wait for siblings in this way."""
    executor.gather_with_cancel = gather_in_order  # type: ignore[attr-defined]


def with_ordered_errors(result: ExecutionResult) -> ExecutionResult:
    """The result with one error for each position without a value, in the order of its data."""
    errors = result.errors
    if not errors or any(error.path is None for error in errors):
        return result
    # Of several errors below one position, the last to be noted is the one that took it away.
    by_position = {_position(result.data, error): error for error in errors}
    return ExecutionResult(result.data, [by_position[one] for one in sorted(by_position)])


def _position(data: Any, error: GraphQLError) -> _Position:
    """Where the error's path ends in the data, counted in fields and items from the top."""
    position: list[int] = []
    steps: Sequence[str | int] = error.path or ()
    for step in steps:
        if data is None:
            break
        position.append(step if isinstance(step, int) else list(data).index(step))
        data = data[step]
    return tuple(position)
