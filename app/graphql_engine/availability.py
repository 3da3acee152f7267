"""Answers that could not be worked out, as the database was out of reach."""

import asyncio
from collections.abc import Awaitable, Callable
from random import uniform
from typing import Final

from graphql import ExecutionResult

from app.domain.errors import Unavailable

_AGAIN_SECONDS: Final = (0.5, 1.5)


def is_unavailable(result: ExecutionResult) -> bool:
    """Whether the same answer may be complete a little later."""
    return any(isinstance(error.original_error, Unavailable) for error in result.errors or ())


async def when_available(answer: Callable[[], Awaitable[ExecutionResult]]) -> ExecutionResult:
    """Returns the result for a subscription's event, executed again until the database answers.

    A change is sent once: sent as an error, it would be lost.
    """
    # Nothing says when the database is back.
    while is_unavailable(result := await answer()):  # noqa: ASYNC110
        await asyncio.sleep(uniform(*_AGAIN_SECONDS))
    return result
