"""One PostgreSQL database for test after test, emptied in between.

That takes a quarter of the time of creating and dropping one.
"""

import secrets
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from tests.servers.postgres import PostgresServer

_GROWTH_BYTES = 2 * 1024 * 1024
_END_OTHERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_TABLES = """
SELECT quote_ident(relname) FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname
"""
# The statement that puts every sequence back to where it is now.
_SEQUENCES = """
SELECT 'SELECT ' || string_agg(format('setval(%L, %s, %L)', quote_ident(sequencename),
  coalesce(last_value, start_value), last_value IS NOT NULL), ', ')
FROM pg_sequences WHERE schemaname = 'public'
"""
# Whatever changes a schema, a setting or the planner's statistics leaves a trace in one of these.
_CATALOGS = ("class", "attribute", "constraint", "index", "trigger", "proc", "namespace", "type")
_CHANGES = ", ".join(
    f"(SELECT (count(*), max(xmin::text::bigint))::text FROM pg_{name})" for name in _CATALOGS
)
_STATE = f"""
SELECT concat_ws(' ', {_CHANGES},
  (SELECT sum(reltuples) FROM pg_class WHERE relnamespace = 'public'::regnamespace),
  (SELECT count(*) FROM pg_statistic WHERE starelid >= 16384),
  (SELECT string_agg(setconfig::text, ' ') FROM pg_db_role_setting))
"""


class ReusedDatabase:
    """Lends an empty copy of the template, with a new name each time.

    A database that a test changed otherwise than by its rows, or that has grown, is dropped.
    """

    def __init__(self, server: PostgresServer, template_url: str) -> None:
        self._server = server
        self._template_url = template_url
        self._idle: str | None = None
        self._state = ""
        self._largest_bytes = 0
        self._reset_sequences = ""
        self._rows_of_template: dict[str, str] = {}

    def lend(self) -> str:
        """The address of a database that nobody else uses."""
        if self._idle is None:
            url = self._server.create_database(template=self._template_url)
            self._server.run(self._remember(url))
            return url
        name, old = f"zenmode_{secrets.token_hex(6)}", urlsplit(self._idle)
        self._idle = None
        self._server.execute(f'ALTER DATABASE "{old.path.lstrip("/")}" RENAME TO "{name}"')
        return urlunsplit(old._replace(path=f"/{name}"))

    def take_back(self, url: str) -> None:
        """Empties it for the next test, or drops it."""
        try:
            is_empty = self._idle is None and self._server.run(self._is_emptied(url))
        except (asyncpg.PostgresError, OSError):
            is_empty = False
        if is_empty:
            self._idle = url
        else:
            self._server.drop_database(url)

    def close(self) -> None:
        if self._idle is not None:
            self._server.drop_database(self._idle)

    async def _remember(self, url: str) -> None:
        connection = await asyncpg.connect(url)
        try:
            self._state = await connection.fetchval(_STATE)
            self._reset_sequences = await connection.fetchval(_SEQUENCES)
            size = await connection.fetchval("SELECT pg_database_size(current_database())")
            self._largest_bytes = size + _GROWTH_BYTES
            tables = [row[0] for row in await connection.fetch(_TABLES)]
            rows = {name: await _rows(connection, name) for name in tables}
            self._rows_of_template = {name: text for name, text in rows.items() if text}
        finally:
            await connection.close()

    async def _is_emptied(self, url: str) -> bool:
        connection = await asyncpg.connect(url)
        try:
            await connection.execute(_END_OTHERS)
            size = await connection.fetchval("SELECT pg_database_size(current_database())")
            if size > self._largest_bytes or await connection.fetchval(_STATE) != self._state:
                return False
            for name, rows in self._rows_of_template.items():
                if await _rows(connection, name) != rows:
                    return False
            await self._empty(connection)
        finally:
            await connection.close()
        return True

    async def _empty(self, connection: "asyncpg.Connection[asyncpg.Record]") -> None:
        tables = [row[0] for row in await connection.fetch(_TABLES)]
        emptied = [name for name in tables if name not in self._rows_of_template]
        async with connection.transaction():
            # In any order: this leaves out the checks of foreign keys.
            await connection.execute("SET LOCAL session_replication_role = replica")
            await connection.execute("".join(f"DELETE FROM {name};" for name in emptied))
            await connection.execute(self._reset_sequences)


async def _rows(connection: "asyncpg.Connection[asyncpg.Record]", table: str) -> str:
    text: str | None = await connection.fetchval(
        f"SELECT md5(string_agg(t::text, ' ' ORDER BY t::text)) FROM {table} t"
    )
    return text or ""
