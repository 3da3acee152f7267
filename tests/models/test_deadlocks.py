"""A change that PostgreSQL undoes for the sake of others is tried again, then told as passing."""

import asyncio
from itertools import count
from pathlib import Path

import asyncpg
import pytest

from app.domain.errors import Unavailable
from app.models.engine.database import Database, Queries
from app.models.tables.workspace import Workspace
from app.wiring import open_services
from tests.rest.product import settings_for

_UNDO = "DO $$ BEGIN RAISE EXCEPTION 'undone' USING ERRCODE = '{}'; END $$"
_INSERT = """
INSERT INTO workspaces (id, name, subscription_status, created_at) VALUES ($1, '', 'active', 0)
"""
_TOUCH = "UPDATE workspaces SET name = $2 WHERE id = $1"
# A deadlock, and a transaction that cannot be put in one order with others.
CODES = ["40P01", "40001"]


@pytest.fixture
async def database(postgres_url: str, redis_url: str, tmp_path: Path) -> Database:
    async with open_services(settings_for(postgres_url, redis_url, tmp_path)) as services:
        yield services.database


@pytest.mark.parametrize("code", CODES)
async def test_what_is_undone_each_time_is_unavailable(database: Database, code: str) -> None:
    tries = 0

    async def unit(queries: Queries) -> None:
        nonlocal tries
        tries += 1
        await queries.rows(_UNDO.format(code))

    with pytest.raises(Unavailable) as refused:
        await database.transaction(unit)

    assert tries > 1
    assert refused.value.retry_after == 1


@pytest.mark.parametrize("code", CODES)
async def test_a_statement_by_itself_that_is_undone_is_unavailable(
    database: Database, code: str
) -> None:
    for ask in (database.rows, database.change):
        with pytest.raises(Unavailable):
            await ask(_UNDO.format(code))


async def test_what_is_undone_at_the_commit_is_unavailable(
    database: Database, postgres_url: str
) -> None:
    serializable = "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE"
    read_all, numbers = "SELECT count(*) FROM workspaces", count()
    other = await asyncpg.connect(postgres_url)

    async def unit(queries: Queries) -> None:
        await queries.rows(serializable)
        number = next(numbers)
        await queries.rows(read_all)
        async with other.transaction(isolation="serializable"):
            await other.fetch(read_all)
            await other.execute(_INSERT, f"ws_other_{number}")
        await queries.change(_INSERT, f"ws_{number}")

    with pytest.raises(Unavailable):
        await database.transaction(unit)
    await other.close()


async def test_two_that_wait_for_each_other_both_end(database: Database) -> None:
    for name in ("a", "b"):
        await database.change(_INSERT, name)
    both_hold = asyncio.Barrier(2)
    is_first = {"a": True, "b": True}

    def unit(mine: str, other: str):
        async def touch_both(queries: Queries) -> None:
            await queries.change(_TOUCH, mine, mine)
            if is_first[mine]:
                is_first[mine] = False
                await both_hold.wait()
            await queries.change(_TOUCH, other, mine)

        return touch_both

    await asyncio.gather(database.transaction(unit("a", "b")), database.transaction(unit("b", "a")))

    names = {one.name for one in await database.read(Workspace.filter(id__in=["a", "b"]))}
    assert len(names) == 1
