"""Writing the results of attempts, many in one transaction."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence

import structlog

from app.actions.deliveries.end_attempts import end_attempts
from app.actions.steps.webhooks.delivery_attempt import Attempt
from app.domain.errors import Unavailable
from app.services.services import Services

_GATHER_SECONDS = 0.005
_MOST_AT_ONCE = 200
_AGAIN_AFTER_SECONDS = 1.0
_log = structlog.get_logger(__name__)


class AttemptWriter:
    """Writes attempts that have ended, through any outage of the database.

    A crash loses the results that are not written, and those deliveries are sent again. So a result
    waits here only as long as it takes for a few others to join it.
    """

    def __init__(self, services: Services, on_written: Callable[[], None]) -> None:
        self._services = services
        self._on_written = on_written
        self._waiting: deque[Attempt] = deque()
        self._has_work = asyncio.Event()
        self._is_stopping = False

    @property
    def waiting_count(self) -> int:
        """How many attempts are not written yet."""
        return len(self._waiting)

    def take(self, attempt: Attempt) -> None:
        """Queues an attempt to be written soon."""
        self._waiting.append(attempt)
        self._has_work.set()

    def stop(self) -> None:
        """Lets `run` end once everything is written."""
        self._is_stopping = True
        self._has_work.set()

    async def run(self) -> None:
        """Writes until `stop`, and then what is left, if the database can be reached."""
        while not self._is_stopping or self._waiting:
            await self._has_work.wait()
            await asyncio.sleep(_GATHER_SECONDS)
            self._has_work.clear()
            try:
                await self._write()
            except Unavailable as error:
                _log.warning("attempts are not written down yet", error=error.message)
                if self._is_stopping:
                    return
                await asyncio.sleep(_AGAIN_AFTER_SECONDS)
                self._has_work.set()

    async def _write(self) -> None:
        while batch := self._batch():
            try:
                await end_attempts(self._services, batch)
            except Unavailable:
                raise
            except Exception:
                _log.exception("attempts could not be written down together", count=len(batch))
                await self._write_one_by_one(batch)
            else:
                self._remove_written(len(batch))

    async def _write_one_by_one(self, batch: Sequence[Attempt]) -> None:
        """Writes the others of a batch of which one cannot be written."""
        for attempt in batch:
            try:
                await end_attempts(self._services, [attempt])
            except Unavailable:
                raise
            except Exception:
                delivery_id = attempt.delivery.id
                _log.exception("an attempt could not be written down", delivery_id=delivery_id)
            self._remove_written(1)

    def _remove_written(self, count: int) -> None:
        for _ in range(count):
            self._waiting.popleft()
        self._on_written()

    def _batch(self) -> list[Attempt]:
        """Returns the oldest attempts, each of another delivery: a second one of the same waits."""
        batch: dict[int, Attempt] = {}
        for attempt in self._waiting:
            if attempt.delivery.seq in batch or len(batch) == _MOST_AT_ONCE:
                break
            batch[attempt.delivery.seq] = attempt
        return list(batch.values())
