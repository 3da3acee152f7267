"""`zenmode check`: is everything ok? It writes nothing."""

import argparse
import asyncio
import json
import sys
from dataclasses import dataclass

from redis.exceptions import RedisError

from app.cli.command_error import on_one_line
from app.cli.progress import progress
from app.cli.server_settings import named
from app.domain.access.agent import ONLINE_MS
from app.domain.errors import Unavailable
from app.gateways.clock import now_ms
from app.gateways.redis.events import CHANNEL
from app.gateways.redis.redis_connection import connect_redis
from app.jobs.heartbeat import WORKER_KEYS
from app.models.access.agent_queries import count_online
from app.models.engine.database import Database
from app.models.engine.migrate import missing_migrations
from app.models.webhooks.webhook_queries import count_failing
from app.settings import Settings, load_settings


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the product, and what is wrong with it, if anything is.

    A `warning` is nothing that the operator must mend for the product to run.
    """

    name: str
    problem: str | None = None
    detail: str = ""
    is_warning: bool = False

    @property
    def line(self) -> str:
        """The part for people."""
        if self.problem:
            return f"{self.name}: {'warning: ' if self.is_warning else ''}{self.problem}"
        return f"{self.name}: ok{f' ({self.detail})' if self.detail else ''}"

    def as_dict(self) -> dict[str, object]:
        """The part for programs."""
        return {
            "name": self.name,
            "ok": self.problem is None or self.is_warning,
            "detail": self.problem or self.detail,
            **({"warning": True} if self.problem and self.is_warning else {}),
        }


def check(arguments: argparse.Namespace) -> int:
    """One line for each part; 1 when one of them is not ok."""
    settings = load_settings(data_dir=arguments.data_dir, writes=False)
    with progress("Checking"):
        parts = asyncio.run(_check(settings))
    is_ok = all(part.problem is None or part.is_warning for part in parts)
    if arguments.json:
        report = {"ok": is_ok, "parts": [part.as_dict() for part in parts]}
        sys.stdout.write(json.dumps(report) + "\n")
    else:
        sys.stdout.writelines(f"{part.line}\n" for part in parts)
    return 0 if is_ok else 1


async def _check(settings: Settings) -> list[Part]:
    of_database, redis = await _database(settings), await _redis(settings)
    return [*of_database[:2], *redis, *of_database[2:]]


async def _database(settings: Settings) -> list[Part]:
    where = named(settings.database)
    path = settings.database.path
    if path is not None and not path.exists():
        problem = f"there is none at {path.resolve()}; is this the right folder?"
        return [Part("database", problem), Part("migrations", "unknown without the database")]
    try:
        database = await Database.open(settings.database)
    except Unavailable as error:
        problem = f"{on_one_line(error)}: {where}"
        return [Part("database", problem), Part("migrations", "unknown without the database")]
    try:
        missing = await missing_migrations(settings.database)
        others = [] if missing else await _agents_and_webhooks(database)
    finally:
        await database.close()
    lacks = f"{', '.join(missing)} missing; run zenmode migrate" if missing else None
    return [Part("database", detail=where), Part("migrations", lacks), *others]


async def _agents_and_webhooks(database: Database) -> list[Part]:
    online = await count_online(database, now_ms(), ONLINE_MS)
    failing = await count_failing(database)
    no_agent = None if online else "none was heard within the last minute"
    refused = f"{failing} do not take what is sent to them" if failing else None
    return [
        Part("agents", no_agent, f"{online} online", is_warning=True),
        Part("webhooks", refused, is_warning=True),
    ]


async def _redis(settings: Settings) -> list[Part]:
    try:
        async with connect_redis(settings.redis, timeout_seconds=2.0) as redis:
            await redis.ping()
            workers = [key async for key in redis.scan_iter(WORKER_KEYS)]
            [(_, listeners)] = await redis.pubsub_numsub(CHANNEL)
    except (RedisError, OSError, TimeoutError):
        unknown = "unknown without Redis"
        web = Part("web", unknown, is_warning=True)
        return [Part("Redis", "cannot be reached"), Part("worker", unknown), web]
    no_worker = None if workers else "none was heard for 15 s"
    no_web = None if listeners else "no process listens for events"
    return [Part("Redis"), Part("worker", no_worker), Part("web", no_web, is_warning=True)]
