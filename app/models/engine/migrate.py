"""Bringing the database up to date, safely when several processes start at once."""

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import asyncpg
from tortoise.connection import get_connection
from tortoise.migrations.executor import MigrationExecutor
from tortoise.migrations.recorder import MigrationRecorder
from tortoise.migrations.schema_editor import AsyncpgSchemaEditor, SqliteSchemaEditor
from tortoise.transactions import in_transaction

from app.models.engine.database import Database, Queries
from app.models.engine.tortoise_config import APP, tortoise_config
from app.settings import DatabaseAddress

_MIGRATIONS = Path(__file__).parents[1] / "migrations"
_LOCK_NUMBER = 7_263_845_190


async def migrate(address: DatabaseAddress) -> None:
    """Apply what is missing, all of it or nothing. Raises Unavailable without a database."""
    if address.kind == "sqlite":
        with _file_lock(Path(f"{address.path}.migrating")):
            await _apply(address)
        return
    await _apply(address)


async def missing_migrations(address: DatabaseAddress) -> list[str]:
    """The names of the migrations that the open database lacks, in order. Raises Unavailable.

    Tortoise's own plan builds every model anew and leaves hundreds of reference cycles; monitors
    ask every few seconds.
    """
    queries = Queries(get_connection(address.kind), is_sqlite=address.kind == "sqlite")
    try:
        rows = await queries.rows("SELECT name FROM tortoise_migrations WHERE app = $1", APP)
    except (asyncpg.UndefinedTableError, sqlite3.OperationalError):
        rows = []
    applied = {row["name"] for row in rows}
    return [name for name in _migration_names() if name not in applied]


@cache
def _migration_names() -> list[str]:
    return sorted(module.name for module in iter_modules([str(_MIGRATIONS)]))


async def _apply(address: DatabaseAddress) -> None:
    database = await Database.open(address)
    try:
        apps: dict[str, Any] = tortoise_config(address)["apps"]
        async with in_transaction(address.kind) as client:
            if not database.is_sqlite:
                await client.execute_query("SELECT pg_advisory_xact_lock($1)", [_LOCK_NUMBER])
            # Before anything asks what was applied: a failed look-up would spoil the transaction.
            editor = SqliteSchemaEditor if database.is_sqlite else AsyncpgSchemaEditor
            await MigrationRecorder(client).ensure_schema(editor(client, atomic=False))
            await MigrationExecutor(client, {APP: apps[APP]}).migrate()
    finally:
        await database.close()


@contextmanager
def _file_lock(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
