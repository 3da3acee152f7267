"""`zenmode check`."""

import argparse
import asyncio
import sys

from redis.exceptions import RedisError

from app.cli.command_error import in_one_line
from app.domain.errors import Unavailable
from app.gateways.redis_connection import connect_redis
from app.jobs.heartbeat import WORKER_KEYS
from app.models.database import Database
from app.models.migrate import missing_migrations
from app.settings import Settings, load_settings


def check(_arguments: argparse.Namespace) -> int:
    """One line for each part; 1 when one of them is not well."""
    lines = asyncio.run(_check(load_settings()))
    for part, problem in lines:
        sys.stdout.write(f"{part}: {problem or 'well'}\n")
    return 1 if any(problem for _, problem in lines) else 0


async def _check(settings: Settings) -> list[tuple[str, str | None]]:
    return [*await _database(settings), *await _redis(settings)]


async def _database(settings: Settings) -> list[tuple[str, str | None]]:
    try:
        database = await Database.open(settings.database)
    except Unavailable as error:
        return [("database", in_one_line(error)), ("migrations", "unknown without the database")]
    try:
        missing = await missing_migrations(settings.database)
    finally:
        await database.close()
    problem = f"{', '.join(missing)} missing; run zenmode migrate" if missing else None
    return [("database", None), ("migrations", problem)]


async def _redis(settings: Settings) -> list[tuple[str, str | None]]:
    try:
        async with connect_redis(settings.redis, timeout_seconds=2.0) as redis:
            await redis.ping()
            workers = [key async for key in redis.scan_iter(WORKER_KEYS)]
    except (RedisError, OSError, TimeoutError):
        return [("Redis", "cannot be reached"), ("worker", "unknown without Redis")]
    return [("Redis", None), ("worker", None if workers else "none was heard for 15 s")]
