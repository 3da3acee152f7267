"""Bringing the database up to date, safely when several processes start at once."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tortoise.connection import get_connection
from tortoise.migrations.executor import MigrationExecutor
from tortoise.migrations.recorder import MigrationRecorder
from tortoise.migrations.schema_editor import AsyncpgSchemaEditor, SqliteSchemaEditor
from tortoise.transactions import in_transaction

from app.models.engine.database import Database
from app.models.engine.tortoise_config import APP, tortoise_config
from app.settings import DatabaseAddress

_LOCK_NUMBER = 7_263_845_190


async def migrate(address: DatabaseAddress) -> None:
    """Apply what is missing, all of it or nothing. Raises Unavailable without a database."""
    if address.kind == "sqlite":
        with _file_lock(Path(f"{address.path}.migrating")):
            await _apply(address)
        return
    await _apply(address)


async def missing_migrations(address: DatabaseAddress) -> list[str]:
    """The names of the migrations that the open database lacks."""
    apps: dict[str, Any] = tortoise_config(address)["apps"]
    plan = await MigrationExecutor(get_connection(address.kind), apps).plan()
    return [step.migration.name for step in plan]


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
