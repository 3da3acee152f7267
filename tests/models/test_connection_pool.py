"""The pool of connections to PostgreSQL: whoever asks gets one, in turn, whatever became of it."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest

from app.models.engine.postgres_engine import BorrowedConnection, FastPool, new_pool
from tests.waiting import until

MOST = 2


@pytest.fixture
async def pool(postgres_url: str) -> AsyncIterator[FastPool]:
    async with new_pool(dsn=postgres_url, min_size=1, max_size=MOST) as pool:
        yield pool


async def pid_of(pool: FastPool) -> int:
    async with BorrowedConnection(pool) as connection:
        return int(await connection.fetchval("SELECT pg_backend_pid()"))


async def end_all_others(url: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    await connection.close()


async def test_the_same_connection_serves_one_statement_after_another(pool: FastPool) -> None:
    assert len({await pid_of(pool) for _ in range(5)}) == 1


async def test_many_more_than_there_are_connections_are_all_served(pool: FastPool) -> None:
    pids = await asyncio.gather(*(pid_of(pool) for _ in range(200)))
    assert len(pids) == 200
    assert len(set(pids)) <= MOST


async def test_a_connection_goes_to_who_has_waited_longest(pool: FastPool) -> None:
    held = [await pool.acquire() for _ in range(MOST)]
    order: list[int] = []

    async def wait(number: int) -> None:
        async with BorrowedConnection(pool):
            order.append(number)

    waiting = [asyncio.create_task(wait(number)) for number in range(5)]
    await until(lambda: len(pool._waiting) == 5)
    await pool.keep(held[0])
    await asyncio.gather(*waiting)
    assert order == [0, 1, 2, 3, 4]
    await pool.release(held[1])


async def test_who_waits_in_vain_is_reported(pool: FastPool) -> None:
    held = [await pool.acquire() for _ in range(MOST)]
    with pytest.raises(TimeoutError):
        await pool.acquire(timeout=0.05)
    for connection in held:
        await pool.release(connection)
    assert await pid_of(pool)


async def test_a_connection_released_after_a_failure_wakes_who_waits(pool: FastPool) -> None:
    held = [await pool.acquire() for _ in range(MOST)]
    waiting = asyncio.create_task(pid_of(pool))
    await until(lambda: len(pool._waiting) == 1)
    await pool.release(held[0])
    assert await waiting
    await pool.release(held[1])


async def test_what_was_handed_to_one_who_left_goes_to_the_next(pool: FastPool) -> None:
    held = [await pool.acquire() for _ in range(MOST)]
    leaving, staying = (asyncio.create_task(pid_of(pool)) for _ in range(2))
    await until(lambda: len(pool._waiting) == 2)
    # Both in one turn of the loop: it is given the connection, and leaves before it runs.
    await pool.keep(held[0])
    leaving.cancel()
    assert await staying
    with pytest.raises(asyncio.CancelledError):
        await leaving
    await pool.release(held[1])


async def test_connections_that_the_server_ended_while_nobody_used_them_are_not_handed_out(
    pool: FastPool, postgres_url: str
) -> None:
    before = set(await asyncio.gather(*(pid_of(pool) for _ in range(20))))
    await end_all_others(postgres_url)
    await until(lambda: all(one._con is None for one in pool._kept))
    after = set(await asyncio.gather(*(pid_of(pool) for _ in range(20))))
    assert not before & after


async def test_who_waits_while_the_server_ends_every_connection_gets_a_new_one(
    pool: FastPool, postgres_url: str
) -> None:
    held = [await pool.acquire() for _ in range(MOST)]
    waiting = [asyncio.create_task(pid_of(pool)) for _ in range(3)]
    await until(lambda: len(pool._waiting) == 3)
    await end_all_others(postgres_url)
    await until(lambda: all(one._con is None for one in held))
    for connection in held:
        await pool.release(connection)
    assert all(await asyncio.gather(*waiting))
