"""PostgreSQL under Tortoise: a pool that gives up waiting, and whose connections are soon at hand.

No query leaves session state behind (PgBouncer in transaction mode would not carry it), so a
connection goes back to the pool as it is. A connection on which a statement has just ended well is
handed to whoever waits, or kept aside for the next to ask: going through the pool's queue costs as
much as a short query.
"""

import asyncio
from collections import deque
from typing import Any

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient

ACQUIRE_SECONDS = 15.0


class FastPool(asyncpg.Pool):  # type: ignore[misc]
    """asyncpg's pool, with those of its connections aside that are free and well.

    Who finds none waits here, first come first served, and is given a connection, or None when the
    pool has one again.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._kept: list[Any] = []
        self._waiting: deque[asyncio.Future[Any]] = deque()

    async def acquire(self, *, timeout: float | None = None) -> Any:  # noqa: ASYNC109 (asyncpg's)
        """A connection. Raises TimeoutError when there is none in time."""
        seconds = timeout or ACQUIRE_SECONDS
        while self._kept:
            connection = self._kept.pop()
            if _is_usable(connection):
                return connection
            await self.release(connection)
        while self._queue.empty():
            connection = await self._handed_over(seconds)
            if connection is not None:
                return connection
        try:
            return await super().acquire(timeout=seconds)
        except BaseException:
            self._hand_over(None)
            raise

    async def release(self, connection: Any, *, timeout: float | None = None) -> None:  # noqa: ASYNC109
        """Give a connection back to the pool, whatever its state."""
        try:
            await super().release(connection, timeout=timeout)
        finally:
            self._hand_over(None)

    async def keep(self, connection: Any) -> None:
        """Take back a connection on which the last statement ended well, for the next to ask."""
        if not _is_usable(connection):
            await self.release(connection)
        elif not self._hand_over(connection):
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

    async def _handed_over(self, seconds: float) -> Any:
        loop = asyncio.get_running_loop()
        turn = loop.create_future()
        late = loop.call_later(seconds, _give_up, turn)
        self._waiting.append(turn)
        try:
            return await turn
        except asyncio.CancelledError:
            await self._pass_on(turn)
            raise
        finally:
            late.cancel()

    async def _pass_on(self, turn: "asyncio.Future[Any]") -> None:
        """What came to one who has left goes to the next."""
        if turn.cancelled() or turn.exception() is not None:
            return
        if turn.result() is None:
            self._hand_over(None)
        else:
            await self.keep(turn.result())

    def _hand_over(self, connection: Any) -> bool:
        """Whether somebody was waiting."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(connection)
                return True
        return False


def _is_usable(connection: Any) -> bool:
    try:
        return not connection.is_closed()
    except asyncpg.InterfaceError:
        # The server has hung up, and the pool has taken it back by itself.
        return False


def _give_up(turn: "asyncio.Future[Any]") -> None:
    if not turn.done():
        turn.set_exception(TimeoutError("no connection became free in time"))


class BorrowedConnection:
    """A connection for one statement: `async with Lent(pool) as connection`."""

    __slots__ = ("_connection", "_pool")

    def __init__(self, pool: FastPool) -> None:
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


def new_pool(**options: Any) -> FastPool:
    """A pool, to be awaited; `options` are asyncpg's, which has defaults only in its own maker."""
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
    return FastPool(**{**defaults, **options})


class PooledPostgresClient(AsyncpgDBClient):
    """Tortoise's client on our pool."""

    async def create_pool(self, **options: Any) -> Any:
        """A pool whose `acquire` raises TimeoutError when it stays empty."""
        return await new_pool(**options)


client_class: Any = PooledPostgresClient
