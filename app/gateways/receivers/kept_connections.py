"""Connections that are kept for the next request to the same host at the same address."""

import asyncio
from collections.abc import Iterable

from app.gateways.receivers.receiver_connection import Place, ReceiverConnection

# As many as a worker has in flight to one host when it has much to send to it.
_MOST_PER_PLACE = 100
_MOST = 200
_KEPT_SECONDS = 30.0


class KeptConnections:
    """A bounded number of them, each for a bounded time; the latest is the first to be used."""

    def __init__(self) -> None:
        self._at: dict[Place, list[ReceiverConnection]] = {}
        # Oldest first: when each was put here.
        self._since: dict[ReceiverConnection, float] = {}
        self._expiry: asyncio.TimerHandle | None = None

    def __len__(self) -> int:
        return len(self._since)

    def take(self, places: Iterable[Place]) -> ReceiverConnection | None:
        """One that leads to any of these places, no longer kept."""
        for place in places:
            if at_place := self._at.get(place):
                connection = at_place[-1]
                self._forget(connection)
                return connection
        return None

    def keep(self, connection: ReceiverConnection) -> None:
        """Keep it, or end it or another when that would be too many."""
        if not connection.is_open:
            return
        at_place = self._at.setdefault(connection.place, [])
        if len(at_place) >= _MOST_PER_PLACE:
            connection.abort()
            return
        if len(self._since) >= _MOST:
            self._drop(next(iter(self._since)))
        loop = asyncio.get_running_loop()
        self._at.setdefault(connection.place, at_place).append(connection)
        self._since[connection] = loop.time()
        connection.on_lost = self._forget
        if self._expiry is None:
            self._expiry = loop.call_later(_KEPT_SECONDS, self._expire)

    def close(self) -> None:
        """End every one of them."""
        for connection in list(self._since):
            self._drop(connection)
        if self._expiry is not None:
            self._expiry.cancel()

    def _expire(self) -> None:
        loop = asyncio.get_running_loop()
        self._expiry = None
        for connection, since in list(self._since.items()):
            left = since + _KEPT_SECONDS - loop.time()
            if left > 0:
                self._expiry = loop.call_later(left, self._expire)
                return
            self._drop(connection)

    def _drop(self, connection: ReceiverConnection) -> None:
        self._forget(connection)
        connection.abort()

    def _forget(self, connection: ReceiverConnection) -> None:
        connection.on_lost = None
        del self._since[connection]
        at_place = self._at[connection.place]
        at_place.remove(connection)
        if not at_place:
            del self._at[connection.place]
