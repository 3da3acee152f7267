"""A clock that counts sleep, back-off with jitter, and retries of requests."""

import asyncio
import logging
import random
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import TypeVar

from zenmode_agent.errors import Unreachable

log = logging.getLogger("zenmode.agent")
T = TypeVar("T")


def now() -> float:
    """Seconds on a clock that also counts the time that the machine was asleep.

    A lease expires while a laptop sleeps. `time.monotonic` counts that time on macOS and Windows,
    but not on Linux.
    """
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    else:  # noqa: RET505 - mypy knows the platform in both branches
        return time.monotonic()


def backoff(first_seconds: float = 1.0, longest_seconds: float = 60.0) -> Iterator[float]:
    """Endless waits in seconds: each twice the last up to the longest, cut by up to a half.

    The cut is random, so that agents of one server do not all retry at once.
    """
    seconds = first_seconds
    while True:
        yield seconds * random.uniform(0.5, 1.0)
        seconds = min(seconds * 2, longest_seconds)


async def retry_until_answered(call: Callable[[], Awaitable[T]], purpose: str) -> T:
    """Makes the call until the server responds, with back-off; the log names the purpose.

    Raises what the call raises, Unreachable excepted.
    """
    waits = backoff()
    while True:
        try:
            return await call()
        except Unreachable as error:
            seconds = max(next(waits), error.retry_after_seconds)
            log.warning("%s: %s; retrying in %.1f s", purpose, error, seconds)
            await asyncio.sleep(seconds)
