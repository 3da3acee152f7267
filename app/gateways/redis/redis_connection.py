"""Connections to Redis, however its address is written."""

from typing import Any

from redis.asyncio import Redis
from redis.asyncio.sentinel import Sentinel

from app.settings import RedisAddress

DEADLINE_SECONDS = 0.2


def connect_redis(
    address: RedisAddress, *, timeout_seconds: float | None = DEADLINE_SECONDS
) -> Any:
    """A client that connects when first used; `timeout_seconds` bounds each wait."""
    options: dict[str, Any] = {
        "socket_timeout": timeout_seconds,
        "socket_connect_timeout": timeout_seconds or 5.0,
    }
    if address.sentinels:
        sentinel = Sentinel(  # type: ignore[no-untyped-call]
            list(address.sentinels),
            sentinel_kwargs=options,
            username=address.username,
            password=address.password,
            **options,
        )
        return sentinel.master_for(address.master, db=address.database)
    return Redis.from_url(address.url, **options)
