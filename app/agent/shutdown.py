"""The wish to stop, and what may still go on after it."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any, TypeVar

log = logging.getLogger("zenmode.agent")
T = TypeVar("T")


class Stopped(Exception):
    """The work was given up because the agent is to stop."""


class Shutdown:
    """Asked for by a signal, or because of a failure that ends the agent; never taken back."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self.is_at_once = False
        self.failure: Exception | None = None

    def because_of(self, failure: Exception) -> None:
        """Asks for a stop, as nothing more can be done; only the first failure is told."""
        if self.failure is None:
            self.failure = failure
            log.error("%s", failure)
        self.asked.set()

    async def pause(self, seconds: float | None, *bells: asyncio.Event) -> None:
        """Waits that long, or until a stop is asked for or one of the bells rings.

        None waits for those alone.
        """
        waits = {asyncio.ensure_future(event.wait()) for event in (self.asked, *bells)}
        try:
            await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            await _cancel(*waits)

    async def run_until(self, work: Coroutine[Any, Any, T], grace_seconds: float = 0.0) -> T:
        """Does the work; raises Stopped when it is not done that long after a stop was asked."""
        task = asyncio.ensure_future(work)
        asked = asyncio.ensure_future(self.asked.wait())
        try:
            await asyncio.wait({task, asked}, return_when=asyncio.FIRST_COMPLETED)
            await asyncio.wait({task}, timeout=grace_seconds)
            if not task.done():
                raise Stopped
            return task.result()
        finally:
            await _cancel(task, asked)


async def _cancel(*tasks: asyncio.Future[Any]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
