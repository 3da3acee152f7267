"""A driver that writes down what it does, and waits where it is sent to.

Stands in its own installed package while tests run; `trace` and `go` are in the working folder.
"""

import asyncio
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.waiting import until

_SLOW_SECONDS = 0.15
_TRACE, _GO = Path("trace"), Path("go")


class Recorder:
    """Acts at once; for profiles called `wait…` once the file `go` is there, for `slow…` slowly."""

    def __init__(self, pace_seconds: float) -> None:
        self._pace_seconds = pace_seconds

    async def perform(self, task: Any) -> Mapping[str, object]:
        _note(task, "began")
        try:
            if "/in/slow" in task.profile_url:
                await asyncio.sleep(_SLOW_SECONDS)
            await until(lambda: "/in/wait" not in task.profile_url or _GO.exists(), 600)
        except asyncio.CancelledError:
            _note(task, "cancelled")
            raise
        _note(task, "ended")
        return {"success": True, "attempt": task.attempt}


def _note(task: Any, what: str) -> None:
    with _TRACE.open("a") as trace:
        trace.write(f"{task.id} {what} {time.time()}\n")
