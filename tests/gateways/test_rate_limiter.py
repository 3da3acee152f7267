"""The moving window, and what becomes of it when Redis is slow or away."""

import asyncio
import time

import pytest
from redis.asyncio import Redis

from app.gateways.redis.rate_limiter import RedisRateLimiter
from tests.servers.redis import RedisServer
from tests.waiting import until


@pytest.fixture
async def redis(redis_url: str):
    async with Redis.from_url(redis_url) as client:
        yield client


async def test_exactly_the_limit_is_let_through_however_many_ask_at_once(redis: Redis) -> None:
    rate_limiter = RedisRateLimiter(redis)

    answers = await asyncio.gather(*(rate_limiter.consume("ws", 100, 1) for _ in range(300)))

    assert sum(one is not None and not one.is_exceeded for one in answers) == 100
    assert all(one is not None for one in answers)


async def test_each_of_many_who_ask_at_once_gets_its_own_remaining_count(redis: Redis) -> None:
    rate_limiter = RedisRateLimiter(redis)
    numbers = range(1, 1_201)
    answers = await asyncio.gather(
        *(rate_limiter.consume(f"subject {number}", limit=number, cost=2) for number in numbers)
    )
    for number, answer in zip(numbers, answers, strict=True):
        assert answer is not None
        assert answer.limit == number
        assert answer.is_exceeded == (number < 2)
        assert answer.remaining == (1 if number < 2 else number - 2)


async def test_two_processes_share_one_window(redis: Redis, redis_url: str) -> None:
    async with Redis.from_url(redis_url) as other:
        limiters = [RedisRateLimiter(redis), RedisRateLimiter(other)]
        answers = await asyncio.gather(*(limiters[n % 2].consume("ws", 10, 1) for n in range(30)))

    assert sum(one is not None and not one.is_exceeded for one in answers) == 10


async def test_what_does_not_fit_whole_is_not_counted_at_all(redis: Redis) -> None:
    rate_limiter = RedisRateLimiter(redis)
    await rate_limiter.consume("ws", 10, 8)

    refused = await rate_limiter.consume("ws", 10, 3)
    fits = await rate_limiter.consume("ws", 10, 2)

    assert refused is not None
    assert (refused.is_exceeded, refused.remaining) == (True, 2)
    assert fits is not None
    assert (fits.is_exceeded, fits.remaining) == (False, 0)


async def test_the_wait_is_until_the_oldest_request_leaves_the_window(redis: Redis) -> None:
    rate_limiter = RedisRateLimiter(redis)
    for _ in range(2):
        await rate_limiter.consume("ws", 2, 1)
    now = int((await redis.time())[0]) * 1_000
    # As if the first had come 57 seconds ago.
    await redis.lset("zenmode:limit:ws", 0, str(now - 57_000))

    refused = await rate_limiter.consume("ws", 2, 1)

    assert refused is not None
    assert refused.is_exceeded
    assert 3 <= refused.reset_seconds <= 5


async def test_a_request_older_than_the_window_makes_room(redis: Redis) -> None:
    rate_limiter = RedisRateLimiter(redis)
    await rate_limiter.consume("ws", 1, 1)
    now = int((await redis.time())[0]) * 1_000
    await redis.lset("zenmode:limit:ws", 0, str(now - 60_001))

    rate_limit = await rate_limiter.consume("ws", 1, 1)

    assert rate_limit is not None
    assert not rate_limit.is_exceeded


async def test_a_frozen_redis_lets_requests_through_and_is_counted(
    fragile_redis: RedisServer,
) -> None:
    async with Redis.from_url(fragile_redis.url) as client:
        rate_limiter = RedisRateLimiter(client)
        await rate_limiter.consume("ws", 10, 1)
        fragile_redis.freeze()
        try:
            began = time.monotonic()
            answers = [await rate_limiter.consume("ws", 10, 1) for _ in range(5)]
            waited = time.monotonic() - began
        finally:
            fragile_redis.thaw()
        await rate_limiter.close()

    assert answers == [None] * 5
    assert rate_limiter.failures == 5
    assert waited < 5


@pytest.mark.parametrize(
    "error", [KeyError("odd"), IndexError("pop from an empty deque"), asyncio.CancelledError()]
)
async def test_an_unexpected_response_lets_every_caller_through_and_keeps_nobody_waiting(
    redis: Redis, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    rate_limiter = RedisRateLimiter(redis)

    async def broken(_batch: object) -> None:
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(rate_limiter, "_run", broken)
        async with asyncio.timeout(5):
            answers = await asyncio.gather(*(rate_limiter.consume("ws", 100, 1) for _ in range(50)))
    assert answers == [None] * 50
    assert rate_limiter.failures == 50
    assert await until(lambda: rate_limiter.consume("ws", 100, 1))
