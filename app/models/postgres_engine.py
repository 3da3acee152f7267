"""PostgreSQL under Tortoise: a pool that gives up waiting and spares the reset round trip.

No query leaves session state behind (PgBouncer in transaction mode would not carry it), so a
connection goes back to the pool as it is.
"""

from typing import Any

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient

ACQUIRE_SECONDS = 15.0


class _ImpatientPool(asyncpg.Pool):  # type: ignore[misc]
    def acquire(self, *, timeout: float | None = None) -> Any:
        return super().acquire(timeout=timeout or ACQUIRE_SECONDS)


async def _leave_as_it_is(_connection: object) -> None:
    return


class PooledPostgresClient(AsyncpgDBClient):
    """Tortoise's client on our pool."""

    async def create_pool(self, **options: Any) -> Any:
        """A pool whose `acquire` raises TimeoutError when it stays empty."""
        defaults = {
            "max_queries": 50_000,
            "max_inactive_connection_lifetime": 300.0,
            "connect": None,
            "setup": None,
            "init": None,
            "loop": None,
            "connection_class": asyncpg.Connection,
            "record_class": asyncpg.Record,
            "reset": _leave_as_it_is,
        }
        return await _ImpatientPool(**{**defaults, **options})


client_class: Any = PooledPostgresClient
