"""What all live views share: when they read the database, and which rows they have sent.

Events are hints. A live view reads the database when events may have been missed, and from time to
time in any case: a process can die between the commit and the event. A database outage ends no live
view: it reads again soon.
"""

from collections import OrderedDict
from random import uniform
from time import monotonic
from typing import Final, Generic, TypeVar

from app.domain.event import Event, ResyncRequired
from app.domain.times import MS_PER_SECOND
from app.services.services import Listener

_READ_AGAIN_SECONDS: Final = (8.0, 12.0)
_READ_SOON_SECONDS: Final = (0.5, 1.5)
_REMEMBERED: Final = 10_000
# A change may be committed later than one with a later time.
_OVERLAP_MS: Final = 30 * MS_PER_SECOND

State = TypeVar("State")


class LiveView:
    """The events of one listener, and the times at which to read the database instead."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self._must_read = True
        self._due_at = 0.0

    async def next(self) -> Event | None:
        """Returns the next event, or None when the database has to be read, as at the beginning."""
        seconds = self._due_at - monotonic()
        if seconds <= 0:
            return None
        event = await self._listener.get(seconds)
        return None if isinstance(event, ResyncRequired) else event

    def done(self) -> None:
        """The database was read."""
        self._must_read = False
        self._due_at = monotonic() + uniform(*_READ_AGAIN_SECONDS)

    def postpone(self) -> None:
        """An event has come, so the next regular read can wait, unless a read is due."""
        if not self._must_read:
            self.done()

    def failed(self) -> None:
        """The database cannot be reached, and has to be read again soon."""
        self._must_read = True
        self._due_at = monotonic() + uniform(*_READ_SOON_SECONDS)


class SentStates(Generic[State]):
    """The state in which each row was sent last."""

    def __init__(self) -> None:
        self._states: OrderedDict[str, State] = OrderedDict()

    def get(self, id: str) -> State | None:
        """Returns the state in which a row was sent last, or None."""
        return self._states.get(id)

    def put(self, id: str, state: State) -> None:
        """Remembers that a row was sent; of very many rows, forgets the oldest."""
        self._states[id] = state
        self._states.move_to_end(id)
        if len(self._states) > _REMEMBERED:
            self._states.popitem(last=False)


class Progress:
    """The time, in milliseconds since the epoch, up to which changes were received."""

    def __init__(self, now: int) -> None:
        self._started_at = self._received_until = now

    @property
    def since(self) -> int:
        """The time since which changes may have been missed."""
        return max(self._started_at, self._received_until - _OVERLAP_MS)

    def received(self, changed_at: int, now: int) -> None:
        """A change was received; one from a clock that is ahead counts as made now."""
        self._received_until = max(self._received_until, min(changed_at, now))
