"""PostgreSQL under Tortoise: a pool whose `acquire` has a deadline and costs little.

No query leaves session state behind (PgBouncer in transaction mode would not carry it), so a
connection returns to the pool as it is. A connection on which a statement has just succeeded is
handed to the task that has waited longest, or kept for the next one: asyncpg's own `acquire` and
`release` cost as much as a short query (docs/borrowed-internals.md has the figures).
"""

import asyncio
from collections import deque
from collections.abc import Generator
from typing import Any

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient

ACQUIRE_SECONDS = 15.0


class FastPool:
    """An asyncpg pool with its free connections kept in a list beside it.

    A task that finds no connection waits here, first come, first served. It is given a connection,
    or None when asyncpg's pool has one again. `arguments` and `options` are those of
    `asyncpg.create_pool`.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self._pool: Any = asyncpg.create_pool(*arguments, **options, reset=_leave_as_it_is)
        # Taken from asyncpg's pool and not yet released to it: in use, or kept.
        self._taken_count = 0
        self._kept: list[Any] = []
        self._waiting: deque[asyncio.Future[Any]] = deque()

    def __await__(self) -> Generator[Any, None, "FastPool"]:
        yield from self._pool.__await__()
        return self

    async def __aenter__(self) -> "FastPool":
        return await self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def acquire(self, *, timeout: float | None = None) -> Any:  # noqa: ASYNC109 (asyncpg's)
        """Returns a connection. Raises TimeoutError when none is free in time."""
        seconds = timeout or ACQUIRE_SECONDS
        while self._kept:
            connection = self._kept.pop()
            if _is_usable(connection):
                return connection
            await self.release(connection)
        while self._taken_count >= self._pool.get_max_size():
            connection = await self._handed_over(seconds)
            if connection is not None:
                return connection
        self._taken_count += 1
        try:
            return await self._pool.acquire(timeout=seconds)
        except BaseException:
            self._give_back()
            raise

    async def release(self, connection: Any) -> None:
        """Returns a connection in any state to asyncpg's pool."""
        try:
            await self._pool.release(connection)
        finally:
            self._give_back()

    async def keep(self, connection: Any) -> None:
        """Takes back a connection on which the last statement succeeded, for the next task."""
        if not _is_usable(connection):
            await self.release(connection)
        elif not self._hand_over(connection):
            self._kept.append(connection)

    def get_size(self) -> int:
        """Returns how many connections are open."""
        size: int = self._pool.get_size()
        return size

    def get_max_size(self) -> int:
        """Returns how many connections there may be."""
        size: int = self._pool.get_max_size()
        return size

    def get_idle_size(self) -> int:
        """Returns how many open connections are not in use."""
        idle: int = self._pool.get_idle_size()
        return idle + len(self._kept)

    async def expire_connections(self) -> None:
        """Closes each open connection once it is released."""
        while self._kept:
            await self.release(self._kept.pop())
        await self._pool.expire_connections()

    async def close(self) -> None:
        """Waits for the connections in use, and closes all."""
        while self._kept:
            await self.release(self._kept.pop())
        await self._pool.close()

    def terminate(self) -> None:
        """Closes all connections at once."""
        self._pool.terminate()

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
        """Hands what was given to a task that was cancelled to the next task."""
        if turn.cancelled() or turn.exception() is not None:
            return
        if turn.result() is None:
            self._hand_over(None)
        else:
            await self.keep(turn.result())

    def _give_back(self) -> None:
        self._taken_count -= 1
        self._hand_over(None)

    def _hand_over(self, connection: Any) -> bool:
        """Returns whether a task was waiting."""
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
        # The server has closed the connection, and asyncpg's pool has taken it back by itself.
        return False


def _give_up(turn: "asyncio.Future[Any]") -> None:
    if not turn.done():
        turn.set_exception(TimeoutError("no connection became free in time"))


class BorrowedConnection:
    """A connection for one statement: `async with BorrowedConnection(pool) as connection`."""

    __slots__ = ("_connection", "_pool")

    def __init__(self, pool: FastPool) -> None:
        self._pool = pool

    async def __aenter__(self) -> Any:
        """Returns the connection."""
        self._connection = await self._pool.acquire()
        return self._connection

    async def __aexit__(self, kind: object, *_: object) -> None:
        """A statement that failed or was cancelled leaves the connection to asyncpg's pool."""
        if kind is None:
            await self._pool.keep(self._connection)
        else:
            await self._pool.release(self._connection)


async def _leave_as_it_is(_connection: object) -> None:
    return


def new_pool(**options: Any) -> FastPool:
    """Returns a pool, to be awaited; `options` are those of `asyncpg.create_pool`."""
    return FastPool(**options)


class PooledPostgresClient(AsyncpgDBClient):
    """Tortoise's client with our pool, which it holds as `pool` too."""

    pool: FastPool | None = None

    async def create_pool(self, **options: Any) -> Any:
        """Tortoise calls this when it connects."""
        self.pool = await new_pool(**options)
        return self.pool


client_class: Any = PooledPostgresClient
