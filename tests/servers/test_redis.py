import asyncio

import pytest
from redis.asyncio import Redis
from redis.exceptions import ConnectionError as RedisConnectionError

from tests.servers.redis import RedisServer


async def test_each_test_gets_an_empty_redis(redis_server: RedisServer, redis_url: str) -> None:
    async with Redis.from_url(redis_url) as redis:
        await redis.set("left", "over")
        redis_server.flush()
        assert await redis.dbsize() == 0


async def test_a_killed_redis_refuses_until_it_is_started_again(
    fragile_redis: RedisServer,
) -> None:
    async with Redis.from_url(fragile_redis.url) as redis:
        await redis.set("key", "value")
        fragile_redis.kill()
        with pytest.raises(RedisConnectionError):
            await redis.get("key")
        fragile_redis.start()
        assert await redis.get("key") is None


async def test_a_frozen_redis_answers_only_after_the_thaw(fragile_redis: RedisServer) -> None:
    async with Redis.from_url(fragile_redis.url) as redis:
        fragile_redis.freeze()
        asking = asyncio.ensure_future(redis.ping())
        done, _ = await asyncio.wait([asking], timeout=0.1)
        assert not done
        fragile_redis.thaw()
        assert await asking
