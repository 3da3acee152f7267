"""The settings of a command that uses the database, and the state that it has to be in."""

from pathlib import Path

from app.cli.command_error import CommandError
from app.models.engine.database import Database
from app.models.engine.migrate import missing_migrations
from app.settings import DatabaseAddress, Settings, keep_new_files_private, keep_private
from app.settings import load_settings as read_settings


def server_settings(data_dir: Path | None = None) -> Settings:
    """The settings; what is in the data folder, and what comes into it, is for its owner alone."""
    keep_new_files_private()
    settings = read_settings(data_dir=data_dir)
    keep_private(settings.data_dir, settings.database.path)
    return settings


def named(database: DatabaseAddress) -> str:
    """The database in words that tell it from others, without its password."""
    if database.kind == "sqlite":
        assert database.path is not None
        return f"SQLite, {database.path.resolve()}"
    return f"PostgreSQL, {database.host}:{database.port}/{database.database}"


async def require_migrations(address: DatabaseAddress) -> None:
    """Raises CommandError when the database lacks some, Unavailable when it is not there."""
    if missing := await lacking(address):
        raise CommandError(f"the database lacks {', '.join(missing)}; run zenmode migrate")


async def lacking(address: DatabaseAddress) -> list[str]:
    """The names of the migrations that the database lacks. Raises Unavailable."""
    database = await Database.open(address)
    try:
        return await missing_migrations(address)
    finally:
        await database.close()
