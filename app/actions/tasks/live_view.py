"""What all live views have in common: when they read the database, and what they have shown.

Events are hints. A view reads the database when events may have been missed, and now and then in
any case: a process can die between the commit and the event. A database that is out of reach ends
no view: it is read again soon.
"""

from collections import OrderedDict
from random import uniform
from time import monotonic
from typing import Final, Generic, TypeVar

from app.domain.event import Event, ResyncRequired
from app.domain.times import MS_PER_SECOND
from app.services.services import Listener

_LOOK_AGAIN_SECONDS: Final = (8.0, 12.0)
_LOOK_SOON_SECONDS: Final = (0.5, 1.5)
_REMEMBERED: Final = 10_000
# A change may be committed later than one that bears a later time.
_OVERLAP_MS: Final = 30 * MS_PER_SECOND

Standing = TypeVar("Standing")


class LiveView:
    """The events of one listener, and when it is time to read the database instead."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self._is_owed = True
        self._due_at = 0.0

    async def next(self) -> Event | None:
        """The next event, or None when the database is to be read: at the beginning too."""
        seconds = self._due_at - monotonic()
        if seconds <= 0:
            return None
        event = await self._listener.get(seconds)
        return None if isinstance(event, ResyncRequired) else event

    def done(self) -> None:
        """The database was read."""
        self._is_owed = False
        self._due_at = monotonic() + uniform(*_LOOK_AGAIN_SECONDS)

    def postpone(self) -> None:
        """Events come in, so that what was not read yet alone makes a look worth it."""
        if not self._is_owed:
            self.done()

    def failed(self) -> None:
        """The database is out of reach, and has to be read soon again."""
        self._is_owed = True
        self._due_at = monotonic() + uniform(*_LOOK_SOON_SECONDS)


class Shown(Generic[Standing]):
    """How each of the rows that were shown last stood."""

    def __init__(self) -> None:
        self._standings: OrderedDict[str, Standing] = OrderedDict()

    def get(self, id: str) -> Standing | None:
        """How a row stood, or None."""
        return self._standings.get(id)

    def put(self, id: str, standing: Standing) -> None:
        """A row is shown; of very many, the oldest is forgotten."""
        self._standings[id] = standing
        self._standings.move_to_end(id)
        if len(self._standings) > _REMEMBERED:
            self._standings.popitem(last=False)


class Progress:
    """Up to when changes were seen, in milliseconds since the epoch."""

    def __init__(self, now: int) -> None:
        self._started_at = self._seen_until = now

    @property
    def since(self) -> int:
        """From when on changes may not have been seen."""
        return max(self._started_at, self._seen_until - _OVERLAP_MS)

    def seen(self, changed_at: int, now: int) -> None:
        """A change was seen; one by a clock that is ahead counts as made now."""
        self._seen_until = max(self._seen_until, min(changed_at, now))
