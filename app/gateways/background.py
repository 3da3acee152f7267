"""Ending tasks that run in the background."""

import asyncio
from typing import Any

_PATIENCE_SECONDS = 0.2


async def end(*tasks: asyncio.Task[Any]) -> None:
    """Cancel until each has ended: redis-py swallows a cancellation now and then."""
    pending = set(tasks)
    while pending:
        for task in pending:
            task.cancel()
        _, pending = await asyncio.wait(pending, timeout=_PATIENCE_SECONDS)
