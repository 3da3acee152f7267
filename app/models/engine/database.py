"""The way to the database: named SQL with `$1` placeholders, and transactions that always finish.

One text of SQL serves both databases. A transaction runs in a task of its own: a caller that is
cancelled (a closed socket, a deadline) leaves, the transaction finishes, and no connection leaks.
"""

import asyncio
import re
import sqlite3
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

import asyncpg
from tortoise import Tortoise
from tortoise.connection import get_connection
from tortoise.exceptions import BaseORMException, DBConnectionError, IntegrityError
from tortoise.transactions import in_transaction

from app.domain.errors import Unavailable, ZenModeError
from app.models.engine.postgres_engine import BorrowedConnection
from app.models.engine.tortoise_config import tortoise_config
from app.settings import DatabaseAddress
from app.tracing import query_span

Result = TypeVar("Result")
Row = Mapping[str, Any]

_PLACE = re.compile(r"\$(\d+)")
_TRIES = 3
_OUT_OF_REACH = (
    OSError,
    TimeoutError,
    DBConnectionError,
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.TooManyConnectionsError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.InvalidCatalogNameError,
    asyncpg.InvalidAuthorizationSpecificationError,
)
_BROKEN_CONSTRAINTS = (
    IntegrityError,
    sqlite3.IntegrityError,
    asyncpg.IntegrityConstraintViolationError,
)
_OUT_OF_REACH_IN_PASSING = (
    sqlite3.DatabaseError,
    BaseORMException,
    asyncpg.InterfaceError,
    # The server's closing message was not read to its end when the next query begins.
    asyncpg.InternalClientError,
)
_WORTH_ANOTHER_TRY = (asyncpg.DeadlockDetectedError, asyncpg.SerializationError)


class LostToOthersError(Unavailable):
    """The database undid a change so that others, which waited for each other, could go on."""


class ConstraintViolatedError(Exception):
    """The database refused a change that breaks one of its rules."""


_FINAL_ERRORS = (ZenModeError, ConstraintViolatedError, asyncpg.DataError)


@dataclass(frozen=True, slots=True)
class PoolUse:
    """Connections of this process: those in use, those that wait, and how many there may be."""

    used: int
    idle: int
    most: int


class Queries:
    """Named SQL on one connection: the pool's, or an open transaction's."""

    def __init__(self, client: Any, *, is_sqlite: bool) -> None:
        self._client = client
        self.is_sqlite = is_sqlite

    async def rows(self, sql: str, *values: object) -> list[Row]:
        """The rows that a query, or a change with RETURNING, gives."""
        with _KnownErrors(), query_span(sql):
            async with self._connection() as connection:
                if self.is_sqlite:
                    return list(await connection.execute_fetchall(_sqlite_text(sql), values))
                found: list[Row] = await connection.fetch(sql, *values)
                return found

    async def row(self, sql: str, *values: object) -> Row | None:
        """The first row, or None."""
        found = await self.rows(sql, *values)
        return found[0] if found else None

    async def change(self, sql: str, *values: object) -> int:
        """How many rows a change without RETURNING touched."""
        with _KnownErrors(), query_span(sql):
            async with self._connection() as connection:
                if self.is_sqlite:
                    cursor = await connection.execute(_sqlite_text(sql), values)
                    count: int = cursor.rowcount
                    await cursor.close()
                    return count
                tag: str = await connection.execute(sql, *values)
                return int(tag.rpartition(" ")[2])

    async def read(self, query: Awaitable[Result]) -> Result:
        """What a model's query gives. Raises Unavailable when the database is out of reach."""
        with _KnownErrors():
            return await query

    def _connection(self) -> AbstractAsyncContextManager[Any]:
        lent: AbstractAsyncContextManager[Any] = self._client.acquire_connection()
        return lent


class Database(Queries):
    """The open database of a process."""

    def __init__(self, client: Any, kind: str) -> None:
        super().__init__(client, is_sqlite=kind == "sqlite")
        self._kind = kind
        self._units: set[asyncio.Task[Any]] = set()

    @classmethod
    async def open(cls, address: DatabaseAddress) -> "Database":
        """Connect. Raises Unavailable when the database is out of reach."""
        await Tortoise.init(config=tortoise_config(address), _enable_global_fallback=True)
        client = get_connection(address.kind)
        try:
            with _KnownErrors():
                if address.path is not None:
                    # aiosqlite would leave a thread that outlives the loop and prints a traceback.
                    sqlite3.connect(address.path).close()
                await client.create_connection(with_db=True)
        except BaseException:
            # A connection that failed half-way keeps a thread, and the process would never end.
            await Tortoise.close_connections()
            raise
        return cls(client, address.kind)

    def pool_use(self) -> PoolUse | None:
        """How the pool stands; SQLite has one connection and no pool."""
        pool = None if self.is_sqlite else self._client.pool
        if pool is None:
            return None
        idle: int = pool.get_idle_size()
        return PoolUse(used=pool.get_size() - idle, idle=idle, most=pool.get_max_size())

    def _connection(self) -> AbstractAsyncContextManager[Any]:
        return super()._connection() if self.is_sqlite else BorrowedConnection(self._client.pool)

    async def close(self) -> None:
        """Let the open transactions finish, then disconnect."""
        if self._units:
            await asyncio.wait(self._units, timeout=10)
        await Tortoise.close_connections()

    async def transaction(self, unit: Callable[[Queries], Awaitable[Result]]) -> Result:
        """Run `unit` in a transaction and return what it returns once that is committed.

        Tortoise's models use the same transaction inside `unit`. A deadlock is tried again, so
        `unit` must change nothing but the database.
        """
        task = asyncio.ensure_future(self._with_retries(unit))
        self._units.add(task)
        task.add_done_callback(self._forget)
        try:
            return await asyncio.shield(task)
        finally:
            # A failed task, its error and this frame would refer to each other in a circle.
            del task

    def _forget(self, task: asyncio.Task[Any]) -> None:
        self._units.discard(task)
        if not task.cancelled():
            task.exception()

    async def _with_retries(self, unit: Callable[[Queries], Awaitable[Result]]) -> Result:
        for _ in range(_TRIES - 1):
            try:
                return await self._run(unit)
            except LostToOthersError:
                continue
        return await self._run(unit)

    async def _run(self, unit: Callable[[Queries], Awaitable[Result]]) -> Result:
        with _KnownErrors():
            async with in_transaction(self._kind) as client:
                return await unit(Queries(client, is_sqlite=self.is_sqlite))


class _KnownErrors:
    """The drivers' many words for two things: out of reach, and against the rules."""

    def __enter__(self) -> None:
        return

    def __exit__(self, _kind: object, error: BaseException | None, _traceback: object) -> None:
        if error is None or isinstance(error, _FINAL_ERRORS):
            return
        if isinstance(error, _WORTH_ANOTHER_TRY):
            message = "too many changes of the same things at once; try again"
            raise LostToOthersError(message, retry_after=1) from error
        if isinstance(error, _BROKEN_CONSTRAINTS):
            raise ConstraintViolatedError(str(error)) from error
        is_doubtful = isinstance(error, _OUT_OF_REACH_IN_PASSING)
        if isinstance(error, _OUT_OF_REACH) or (is_doubtful and _is_transient(error)):
            raise _unavailable() from error


def _is_transient(error: BaseException) -> bool:
    words = str(error)
    signs = (
        "locked",
        "disk",
        "unable to open",
        "not a database",
        "readonly",
        "closed",
        "closing",
        "another operation",
    )
    return any(sign in words for sign in signs)


def _unavailable() -> Unavailable:
    return Unavailable("the database cannot be reached at the moment; try again", retry_after=5)


@lru_cache(maxsize=512)
def _sqlite_text(sql: str) -> str:
    return _PLACE.sub(r"?\1", sql)
