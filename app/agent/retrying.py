"""Time as the agent sees it: a clock that does not stop, back-off with jitter, asking again."""

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import TypeVar

from app.agent.graphql_client import Unreachable

log = logging.getLogger("zenmode.agent")
T = TypeVar("T")

# asyncio's own clock stands still while a laptop sleeps; a lease does not.
_CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


def now() -> float:
    """Seconds on a clock that also counts the time that the machine was asleep."""
    return time.clock_gettime(_CLOCK)


def backoff(first_seconds: float = 1.0, longest_seconds: float = 60.0) -> Iterator[float]:
    """Endless waits in seconds: each twice the last up to the longest, cut by up to a half.

    The cut is random, so that agents that lost one server don't all come back at once.
    """
    seconds = first_seconds
    while True:
        yield seconds * random.uniform(0.5, 1.0)
        seconds = min(seconds * 2, longest_seconds)


async def retry_until_answered(call: Callable[[], Awaitable[T]], purpose: str) -> T:
    """Makes the call until it is answered, with back-off; the purpose is what the log says.

    Raises what the call raises, Unreachable excepted.
    """
    waits = backoff()
    while True:
        try:
            return await call()
        except Unreachable as error:
            seconds = max(next(waits), error.retry_after_seconds)
            log.warning("%s: %s; trying again in %.1f s", purpose, error, seconds)
            await asyncio.sleep(seconds)
