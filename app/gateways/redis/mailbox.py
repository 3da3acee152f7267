"""The events that wait for one subscriber: merged by key, and bounded."""

import asyncio

from app.domain.event import Event, ResyncRequired

_CAPACITY = 1_000


class Mailbox:
    """Events on their way to one listener."""

    def __init__(self) -> None:
        self._waiting: dict[str, Event] = {}
        self._has_mail = asyncio.Event()

    def put(self, event: Event) -> None:
        """Add an event, replacing an older one with its key; too many become ResyncRequired."""
        if len(self._waiting) >= _CAPACITY and event.key not in self._waiting:
            self._waiting.clear()
            event = ResyncRequired()
        self._waiting[event.key] = event
        self._has_mail.set()

    async def get(self, within_seconds: float) -> Event | None:
        """The oldest event, or None when there is none in time."""
        if not self._waiting:
            self._has_mail.clear()
            try:
                async with asyncio.timeout(within_seconds):
                    await self._has_mail.wait()
            except TimeoutError:
                return None
        return self._waiting.pop(next(iter(self._waiting)))
