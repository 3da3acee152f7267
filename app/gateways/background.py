"""Loops that run in the background: how they begin, how they go on, how they end."""

import asyncio
from collections.abc import Awaitable, Callable
from random import uniform
from time import monotonic
from typing import Any, Final

import structlog

_PATIENCE_SECONDS: Final = 0.2
_FIRST_PAUSE_SECONDS: Final = 0.5
_LONGEST_PAUSE_SECONDS: Final = 10.0
# A loop that ran for so long before it broke is started again as if it had never broken.
_STEADY_SECONDS: Final = 60.0
_log = structlog.get_logger(__name__)


def start_loop(name: str, loop: Callable[[], Awaitable[None]]) -> asyncio.Task[None]:
    """Run `loop` until it returns or the task is cancelled.

    Whatever else ends it is logged under `name`, and it is started again after a pause.
    """
    return asyncio.create_task(_supervise(name, loop), name=name)


async def end(*tasks: asyncio.Task[Any]) -> None:
    """Cancel until each has ended: redis-py swallows a cancellation now and then."""
    pending = set(tasks)
    while pending:
        for task in pending:
            task.cancel()
        _, pending = await asyncio.wait(pending, timeout=_PATIENCE_SECONDS)


async def _supervise(name: str, loop: Callable[[], Awaitable[None]]) -> None:
    pause = _FIRST_PAUSE_SECONDS
    while True:
        began_at = monotonic()
        try:
            await loop()
        except asyncio.CancelledError:
            if _is_being_cancelled():
                raise
            # A library cancelled something of its own, and this loop was not to stop.
            _log.exception("a background loop broke", loop=name)
        except Exception:
            _log.exception("a background loop broke", loop=name)
        else:
            return
        if monotonic() - began_at >= _STEADY_SECONDS:
            pause = _FIRST_PAUSE_SECONDS
        await asyncio.sleep(uniform(pause / 2, pause))
        pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)


def _is_being_cancelled() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
