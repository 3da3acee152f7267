"""What Tortoise needs to know: the engine, its credentials, and where models and migrations are."""

import ssl
from typing import Any

from app.settings import SYSTEM_AUTHORITIES, DatabaseAddress

APP = "models"
_BUSY_MS = 10_000
_TABLES = ("workspace", "credential", "linkedin_account", "task", "webhook", "pacing")


def tortoise_config(address: DatabaseAddress) -> dict[str, Any]:
    """Tortoise's configuration for an address.

    The connection is named after the kind of database: under one name Tortoise would go on using
    the SQL that it wrote for the other kind, when a process opens one after the other.
    """
    return {
        "connections": {address.kind: _connection(address)},
        "apps": {
            APP: {
                "models": [f"app.models.tables.{name}" for name in _TABLES],
                "default_connection": address.kind,
                "migrations": "app.models.migrations",
            }
        },
    }


def _connection(address: DatabaseAddress) -> dict[str, Any]:
    if address.kind == "sqlite":
        return {
            "engine": "app.models.engine.sqlite_engine",
            "credentials": {
                "file_path": str(address.path),
                "journal_mode": "WAL",
                "synchronous": "FULL",
                "busy_timeout": _BUSY_MS,
            },
        }
    return {
        "engine": "app.models.engine.postgres_engine",
        "credentials": {
            "host": address.host,
            "port": address.port,
            "user": address.user,
            "password": address.password,
            "database": address.database,
            "minsize": 1,
            "maxsize": address.pool_size,
            "statement_cache_size": address.statement_cache_size,
            "ssl": _ssl(address),
            "timeout": 5,
            "command_timeout": 30,
            "server_settings": _server_settings(address),
        },
    }


def _server_settings(address: DatabaseAddress) -> dict[str, str]:
    """Returns what is set at connecting; PgBouncer would refuse it."""
    if address.statement_cache_size == 0:
        return {}
    # Ours are short statements. Compiling one takes a hundred times as long as running it.
    return {"jit": "off"}


def _ssl(address: DatabaseAddress) -> ssl.SSLContext | str:
    """libpq's modes: asyncpg knows the words, an authority of one's own takes a context."""
    if address.ssl_root_cert is None or address.ssl_mode in ("disable", "allow", "prefer"):
        return address.ssl_mode
    is_system = address.ssl_root_cert == SYSTEM_AUTHORITIES
    context = ssl.create_default_context(cafile=None if is_system else str(address.ssl_root_cert))
    context.check_hostname = address.ssl_mode == "verify-full"
    return context
