from collections.abc import Iterator

import asyncpg
import pytest

from tests.servers.postgres import PostgresServer
from tests.servers.reused_database import ReusedDatabase

_TEMPLATE = """
CREATE TABLE things (number serial PRIMARY KEY); CREATE TABLE kept (number int);
INSERT INTO kept VALUES (1)
"""


@pytest.fixture
def reused(postgres_server: PostgresServer) -> Iterator[ReusedDatabase]:
    template = postgres_server.create_database()
    postgres_server.run(_execute(template, _TEMPLATE))
    reused = ReusedDatabase(postgres_server, template)
    yield reused
    reused.close()


async def _execute(url: str, sql: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(sql) if "SELECT" in sql else await connection.execute(sql)
    finally:
        await connection.close()


async def test_a_database_made_from_a_template_is_apart_from_it(
    postgres_server: PostgresServer, postgres_url: str
) -> None:
    connection = await asyncpg.connect(postgres_url)
    try:
        assert await connection.fetchval("SELECT count(*) FROM tasks") == 0
        name = await connection.fetchval("SELECT current_database()")
        assert postgres_url.endswith(name)
        assert not postgres_server.url.endswith(name)
    finally:
        await connection.close()


def test_a_reused_database_is_empty_and_has_another_name(
    reused: ReusedDatabase, postgres_server: PostgresServer
) -> None:
    first = reused.lend()
    postgres_server.run(_execute(first, "INSERT INTO things DEFAULT VALUES"))
    reused.take_back(first)
    second = reused.lend()
    assert second != first
    assert postgres_server.run(_execute(second, "SELECT count(*) FROM things")) == 0
    assert postgres_server.run(_execute(second, "SELECT nextval('things_number_seq')")) == 1
    assert postgres_server.run(_execute(second, "SELECT count(*) FROM kept")) == 1


@pytest.mark.parametrize(
    "sql",
    [
        "ALTER TABLE things ADD COLUMN more int",
        "DROP TABLE things",
        "CREATE INDEX another ON things (number)",
        "DELETE FROM kept",
        "ANALYZE kept",
        "INSERT INTO things SELECT generate_series(1, 100000)",
    ],
)
def test_a_database_that_a_test_changed_is_not_reused(
    reused: ReusedDatabase, postgres_server: PostgresServer, sql: str
) -> None:
    url = reused.lend()
    postgres_server.run(_execute(url, sql))
    reused.take_back(url)
    with pytest.raises(asyncpg.InvalidCatalogNameError):
        postgres_server.run(_execute(url, "SELECT 1"))


def test_a_connection_that_a_test_left_open_does_not_keep_its_database(
    reused: ReusedDatabase, postgres_server: PostgresServer
) -> None:
    url = reused.lend()
    left = postgres_server.run(asyncpg.connect(url))
    postgres_server.run(left.execute("BEGIN; LOCK TABLE things"))
    reused.take_back(url)
    assert postgres_server.run(_execute(reused.lend(), "SELECT count(*) FROM things")) == 0
    left.terminate()
