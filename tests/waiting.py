"""Waiting for a thing itself, never for a while."""

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

_POLL_SECONDS = 0.01
T = TypeVar("T")


async def until(condition: Callable[[], T | Awaitable[T]], within_seconds: float = 5.0) -> T:
    """Asks `condition` until it answers something true, and gives that back.

    Raises AssertionError, with the last answer, when it has not within `within_seconds`.
    """
    deadline = time.monotonic() + within_seconds
    while True:
        answer = condition()
        if inspect.isawaitable(answer):
            answer = await answer
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {within_seconds} s; the last answer was {answer!r}")
        await asyncio.sleep(_POLL_SECONDS)
