import asyncpg

from tests.servers.postgres import PostgresServer


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
