"""The CPU of one short query: our pool against asyncpg's own, in turns.

32 tasks share 10 connections, as in a busy web process.
"""

import asyncio
from collections.abc import Awaitable, Callable
from statistics import median
from time import thread_time_ns
from typing import Any

import asyncpg
import uvloop

from app.models.engine.postgres_engine import ACQUIRE_SECONDS, BorrowedConnection, new_pool
from tests.servers.postgres import PostgresServer

CONNECTIONS, TASKS = 10, 32
ROUNDS, QUERIES = 30, 3_200
_SQL = "SELECT id, status FROM tasks WHERE id = $1"

Query = Callable[[], Awaitable[object]]


def run() -> None:
    """Measures, and prints a table."""
    postgres = PostgresServer()
    try:
        uvloop.run(_compare(postgres.create_database()))
    finally:
        postgres.close()


async def _compare(url: str) -> None:
    size = {"min_size": CONNECTIONS, "max_size": CONNECTIONS}
    async with (
        new_pool(dsn=url, **size) as ours,
        asyncpg.create_pool(url, reset=_no_reset, **size) as own,
    ):
        await own.execute("CREATE TABLE tasks (id int PRIMARY KEY, status text)")
        await own.execute("INSERT INTO tasks VALUES (1, 'pending')")

        async def by_ours() -> Any:
            async with BorrowedConnection(ours) as connection:
                return await connection.fetch(_SQL, 1)

        async def by_asyncpg() -> Any:
            async with own.acquire(timeout=ACQUIRE_SECONDS) as connection:
                return await connection.fetch(_SQL, 1)

        async def without_deadline() -> Any:
            async with own.acquire() as connection:
                return await connection.fetch(_SQL, 1)

        queries = {
            "ours, with a deadline": by_ours,
            "asyncpg's, with a deadline": by_asyncpg,
            "asyncpg's, which may wait for ever": without_deadline,
        }
        found: dict[str, list[float]] = {name: [] for name in queries}
        for _ in range(ROUNDS):
            for name, query in queries.items():
                found[name].append(await _cpu_us(query))
    _print_table(found)


async def _no_reset(_connection: object) -> None:
    return


async def _cpu_us(query: Query) -> float:
    async def many() -> None:
        for _ in range(QUERIES // TASKS):
            await query()

    began = thread_time_ns()
    await asyncio.gather(*(many() for _ in range(TASKS)))
    return (thread_time_ns() - began) / QUERIES / 1_000


def _print_table(found: dict[str, list[float]]) -> None:
    base = next(iter(found.values()))
    print("| pool | CPU µs a query | against ours |\n| --- | --- | --- |")
    for name, times in found.items():
        ratio = median(one / other for one, other in zip(times, base, strict=True))
        print(f"| {name} | {median(times):.0f} | {ratio:.2f} |")
