"""PostgreSQL under Tortoise: a pool that gives up waiting, and whose connections are soon at hand.

No query leaves session state behind (PgBouncer in transaction mode would not carry it), so a
connection goes back to the pool as it is. A connection on which a statement has just ended well is
kept aside for the next one: going through the pool's queue costs as much as a short query.
"""

from typing import Any

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient

ACQUIRE_SECONDS = 15.0


class KeepingPool(asyncpg.Pool):  # type: ignore[misc]
    """asyncpg's pool, with those of its connections aside that are free and well."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._kept: list[Any] = []
        self._waiting_count = 0

    async def acquire(self, *, timeout: float | None = None) -> Any:  # noqa: ASYNC109 (asyncpg's)
        """A connection. Raises TimeoutError when there is none in time."""
        while self._kept:
            connection = self._kept.pop()
            if not connection.is_closed():
                return connection
            await self.release(connection)
        self._waiting_count += 1
        try:
            return await super().acquire(timeout=timeout or ACQUIRE_SECONDS)
        finally:
            self._waiting_count -= 1

    async def keep(self, connection: Any) -> None:
        """Take back a connection on which the last statement ended well, for the next to ask."""
        if self._waiting_count or connection.is_closed():
            await self.release(connection)
        else:
            self._kept.append(connection)

    def get_idle_size(self) -> int:
        """How many connections nobody uses."""
        idle: int = super().get_idle_size()
        return idle + len(self._kept)

    async def close(self) -> None:
        """Wait for those in use, and close all."""
        while self._kept:
            await self.release(self._kept.pop())
        await super().close()


class Lent:
    """A connection for one statement: `async with Lent(pool) as connection`."""

    __slots__ = ("_connection", "_pool")

    def __init__(self, pool: KeepingPool) -> None:
        self._pool = pool

    async def __aenter__(self) -> Any:
        """The connection."""
        self._connection = await self._pool.acquire()
        return self._connection

    async def __aexit__(self, kind: object, *_: object) -> None:
        """A statement that failed, or was left half-way, is for the pool to look after."""
        if kind is None:
            await self._pool.keep(self._connection)
        else:
            await self._pool.release(self._connection)


async def _leave_as_it_is(_connection: object) -> None:
    return


class PooledPostgresClient(AsyncpgDBClient):
    """Tortoise's client on our pool."""

    async def create_pool(self, **options: Any) -> Any:
        """A pool whose `acquire` raises TimeoutError when it stays empty."""
        defaults = {
            "max_queries": 50_000,
            "max_inactive_connection_lifetime": 300.0,
            "connect": None,
            "setup": None,
            "init": None,
            "loop": None,
            "connection_class": asyncpg.Connection,
            "record_class": asyncpg.Record,
            "reset": _leave_as_it_is,
        }
        return await KeepingPool(**{**defaults, **options})


client_class: Any = PooledPostgresClient
