"""One time for all processes: the database's.

When a lease ends, or a task's time comes, is written by one process and judged by others. A process
whose own clock runs ahead would take tasks away from agents that are still at work on them. So each
process takes the time from PostgreSQL, once a minute, and counts on from there with a clock that
cannot be set. On SQLite all processes are on one machine and its clock is that of all.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic_ns, time_ns

import structlog

from app.domain.errors import Unavailable
from app.models.engine.database import Database

_NS_PER_MS = 1_000_000
_SECONDS_BETWEEN_LOOKS = 60.0
_SAMPLES = 3
_TELL_FROM_MS = 1_000
_NOW = "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT) AS now"

_log = structlog.get_logger(__name__)


class DatabaseClock:
    """Milliseconds since the epoch, by the database's clock."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._ahead_of_counter_ns = time_ns() - monotonic_ns()

    def __call__(self) -> int:
        """The time now, in milliseconds since the epoch."""
        if self._database.is_sqlite:
            return time_ns() // _NS_PER_MS
        return (monotonic_ns() + self._ahead_of_counter_ns) // _NS_PER_MS

    async def synchronise(self) -> None:
        """Take the time from the database. Raises Unavailable."""
        if not self._database.is_sqlite:
            # The quickest answer is the least wrong: the time was read half-way through it.
            samples = [await self._sample() for _ in range(_SAMPLES)]
            self._ahead_of_counter_ns = min(samples)[1]

    async def _sample(self) -> tuple[int, int]:
        """How long the answer took, and how far the database is ahead of the counter, in ns."""
        asked_at = monotonic_ns()
        row = await self._database.row(_NOW)
        took = monotonic_ns() - asked_at
        assert row is not None
        return took, int(row["now"]) * _NS_PER_MS - (asked_at + took // 2)

    @asynccontextmanager
    async def running(self) -> AsyncIterator["DatabaseClock"]:
        """Synchronised, now and once a minute. Raises Unavailable when it cannot be at first."""
        await self.synchronise()
        self._tell_if_the_machine_is_wrong()
        task = asyncio.create_task(self._follow())
        try:
            yield self
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _follow(self) -> None:
        while True:
            await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)
            try:
                await self.synchronise()
            except Unavailable:
                continue
            except Exception:
                # The next look may go better; until then the counter goes on.
                _log.exception("the database's time could not be taken")

    def _tell_if_the_machine_is_wrong(self) -> None:
        apart = time_ns() // _NS_PER_MS - self()
        if abs(apart) >= _TELL_FROM_MS:
            _log.warning("clock_differs_from_the_databases", ahead_ms=apart)
