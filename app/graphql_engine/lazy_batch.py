"""One query for what a whole list of siblings needs."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Generic, TypeVar

Value = TypeVar("Value")


class LazyBatch(Generic[Value]):
    """A question that is asked when the first wants to know, and answered to all."""

    __slots__ = ("_answer", "_ask")

    def __init__(self, ask: Callable[[], Awaitable[Value]]) -> None:
        self._ask = ask
        self._answer: asyncio.Future[Value] | None = None

    async def get(self) -> Value:
        """The answer; a query that failed is made again by the next caller.

        A caller may be cancelled: the others are answered all the same.
        """
        if self._answer is None or _has_failed(self._answer):
            self._answer = asyncio.ensure_future(self._ask())
        return await asyncio.shield(self._answer)


def _has_failed(answer: "asyncio.Future[Any]") -> bool:
    return answer.done() and (answer.cancelled() or answer.exception() is not None)
