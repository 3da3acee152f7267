"""Connections that are kept for the next request to the same host at the same address."""

import asyncio
from collections.abc import Iterable

from app.gateways.receivers.receiver_connection import Endpoint, ReceiverConnection

# As many as a worker has in flight to one host when it has much to send to it.
_MOST_PER_ENDPOINT = 100
_MOST = 200
_KEPT_SECONDS = 30.0


class KeptConnections:
    """A bounded number of them, each for a bounded time; the latest is the first to be used."""

    def __init__(self) -> None:
        self._at: dict[Endpoint, list[ReceiverConnection]] = {}
        # Oldest first: when each was put here.
        self._since: dict[ReceiverConnection, float] = {}
        self._expiry: asyncio.TimerHandle | None = None

    def __len__(self) -> int:
        return len(self._since)

    def take(self, endpoints: Iterable[Endpoint]) -> ReceiverConnection | None:
        """One that leads to any of these endpoints, no longer kept."""
        for endpoint in endpoints:
            if at_endpoint := self._at.get(endpoint):
                connection = at_endpoint[-1]
                self._forget(connection)
                return connection
        return None

    def keep(self, connection: ReceiverConnection) -> None:
        """Keep it, or end it or another when that would be too many."""
        if not connection.is_open:
            return
        at_endpoint = self._at.setdefault(connection.endpoint, [])
        if len(at_endpoint) >= _MOST_PER_ENDPOINT:
            connection.abort()
            return
        if len(self._since) >= _MOST:
            self._drop(next(iter(self._since)))
        loop = asyncio.get_running_loop()
        self._at.setdefault(connection.endpoint, at_endpoint).append(connection)
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
        at_endpoint = self._at[connection.endpoint]
        at_endpoint.remove(connection)
        if not at_endpoint:
            del self._at[connection.endpoint]
