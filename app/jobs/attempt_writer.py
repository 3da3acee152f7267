"""Writing down what came of attempts, many in one transaction."""

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
    """Takes attempts that have ended; a database that is away is waited for.

    What a crash takes along was sent and is not known to be: it goes out again. So nothing lies
    here longer than it takes for a few others to join it.
    """

    def __init__(self, services: Services, on_written: Callable[[], None]) -> None:
        self._services = services
        self._on_written = on_written
        self._waiting: deque[Attempt] = deque()
        self._has_work = asyncio.Event()
        self._is_stopping = False

    @property
    def waiting_count(self) -> int:
        """How many attempts are not written down yet."""
        return len(self._waiting)

    def take(self, attempt: Attempt) -> None:
        """Write it down soon."""
        self._waiting.append(attempt)
        self._has_work.set()

    def stop(self) -> None:
        """Let `run` end once everything is written."""
        self._is_stopping = True
        self._has_work.set()

    async def run(self) -> None:
        """Write until `stop`, and then what is still there, if the database can be reached."""
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
                self._put_away(len(batch))

    async def _write_one_by_one(self, batch: Sequence[Attempt]) -> None:
        """What is wrong with one of them must not take the others along."""
        for attempt in batch:
            try:
                await end_attempts(self._services, [attempt])
            except Unavailable:
                raise
            except Exception:
                delivery_id = attempt.delivery.id
                _log.exception("an attempt could not be written down", delivery_id=delivery_id)
            self._put_away(1)

    def _put_away(self, count: int) -> None:
        for _ in range(count):
            self._waiting.popleft()
        self._on_written()

    def _batch(self) -> list[Attempt]:
        """The oldest, each at another delivery: of two at one, the second has to wait."""
        batch: dict[int, Attempt] = {}
        for attempt in self._waiting:
            if attempt.delivery.seq in batch or len(batch) == _MOST_AT_ONCE:
                break
            batch[attempt.delivery.seq] = attempt
        return list(batch.values())
