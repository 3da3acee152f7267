"""A worker's sign of life, for `zenmode check`."""

import asyncio
import os
import socket

import structlog
from redis.exceptions import RedisError

from app.gateways.redis.redis_connection import connect_redis
from app.settings import RedisAddress

WORKER_KEYS = "zenmode:worker:*"
_EVERY_SECONDS = 5.0
_LIVES_SECONDS = 15
_log = structlog.get_logger(__name__)


async def beat_for_ever(address: RedisAddress) -> None:
    """Renews this worker's key in Redis at intervals."""
    key = f"zenmode:worker:{socket.gethostname()}:{os.getpid()}"
    async with connect_redis(address) as redis:
        while True:
            try:
                await redis.set(key, "1", ex=_LIVES_SECONDS)
            except (RedisError, OSError, TimeoutError) as error:
                _log.debug("no heartbeat", error=type(error).__name__)
            await asyncio.sleep(_EVERY_SECONDS)
