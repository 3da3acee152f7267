"""The doorbell: a ring reaches a worker, before, during and after Redis's troubles."""

import asyncio
import pickle
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from app.gateways.background import end
from app.gateways.redis.redis_connection import connect_redis
from app.gateways.redis.worker_notifier import JOB_IDS, QUEUE, ArqWorkerNotifier
from app.jobs.queue import answer_notifications
from app.settings import RedisAddress, load_settings
from tests.servers.redis import RedisServer
from tests.waiting import until


class Rings:
    """Counts them."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> None:
        self.count += 1


def _address(url: str) -> RedisAddress:
    return load_settings(
        {"ZENMODE_REDIS_URL": url, "ZENMODE_SECRET_KEY": "k" * 32}, env_file=None
    ).redis


@asynccontextmanager
async def doorbell_and_rings(url: str) -> AsyncIterator[tuple[ArqWorkerNotifier, Rings]]:
    """A doorbell, and what is heard of it at the other end."""
    rings = Rings()
    redis = connect_redis(_address(url))
    bell = ArqWorkerNotifier(redis)
    bell.start()
    listening = asyncio.create_task(answer_notifications(_address(url), rings))
    try:
        yield bell, rings
    finally:
        await bell.close()
        await end(listening)
        await redis.aclose()


async def _heard_again(bell: ArqWorkerNotifier, rings: Rings) -> None:
    heard = rings.count

    def ring_and_look() -> bool:
        bell.notify()
        return rings.count > heard

    await until(ring_and_look, 20)


async def test_a_ring_is_heard_at_once(redis_url: str) -> None:
    async with doorbell_and_rings(redis_url) as (bell, rings):
        bell.notify()
        await until(lambda: rings.count == 1)


async def test_a_thousand_rings_in_a_moment_are_few_jobs(redis_url: str) -> None:
    async with doorbell_and_rings(redis_url) as (bell, rings):
        for _ in range(1_000):
            bell.notify()
        await until(lambda: rings.count >= 1)
        await _heard_again(bell, rings)
        assert rings.count < 50


async def test_rings_are_heard_again_after_redis_has_restarted(fragile_redis: RedisServer) -> None:
    async with doorbell_and_rings(fragile_redis.url) as (bell, rings):
        await _heard_again(bell, rings)
        for trouble in (fragile_redis.restart, fragile_redis.flush):
            await asyncio.to_thread(trouble)
            await _heard_again(bell, rings)


async def test_ringing_waits_for_nobody_while_redis_hangs(fragile_redis: RedisServer) -> None:
    async with doorbell_and_rings(fragile_redis.url) as (bell, rings):
        await _heard_again(bell, rings)
        fragile_redis.freeze()
        try:
            bell.notify()
            await until(lambda: bell.failures > 0)
        finally:
            fragile_redis.thaw()
        await _heard_again(bell, rings)


async def test_what_others_put_into_the_queue_runs_nothing_and_ends_nobody(redis_url: str) -> None:
    class Bomb:
        def __reduce__(self) -> tuple[object, tuple[str, ...]]:
            return (exec, ("import sys; sys.zenmode_was_run = True",))

    import sys

    redis = connect_redis(_address(redis_url))
    async with doorbell_and_rings(redis_url) as (bell, rings):
        await redis.set("arq:job:bomb", pickle.dumps(Bomb()))
        await redis.zadd(QUEUE, {"bomb": 1})
        await _heard_again(bell, rings)
    await redis.aclose()
    assert not hasattr(sys, "zenmode_was_run")


async def test_while_no_worker_is_there_the_queue_does_not_grow(redis_url: str) -> None:
    redis = connect_redis(_address(redis_url))
    bell = ArqWorkerNotifier(redis)
    for _ in range(10):
        await bell._enqueue()
    assert await redis.zcard(QUEUE) == len(JOB_IDS)
    heard = Rings()
    listening = asyncio.create_task(answer_notifications(_address(redis_url), heard))
    await until(lambda: heard.count == len(JOB_IDS))

    async def is_empty() -> bool:
        return await redis.zcard(QUEUE) == 0 and not await redis.keys("arq:*")

    await until(is_empty)
    await end(listening)
    await redis.aclose()


async def test_a_ring_is_heard_while_the_last_one_is_being_answered(redis_url: str) -> None:
    redis = connect_redis(_address(redis_url))
    await redis.set(f"arq:job:{JOB_IDS[0]}", "a job that a worker has not ended yet")
    async with doorbell_and_rings(redis_url) as (bell, rings):
        for number in (1, 2, 3):
            bell.notify()
            await until(lambda number=number: rings.count == number)  # type: ignore[misc]
    await redis.aclose()


async def test_a_ring_is_heard_although_a_worker_died_at_the_last_one(redis_url: str) -> None:
    redis = connect_redis(_address(redis_url))
    for job_id in JOB_IDS:
        await redis.set(f"arq:retry:{job_id}", 7)
    async with doorbell_and_rings(redis_url) as (bell, rings):
        bell.notify()
        await until(lambda: rings.count == 1)
    await redis.aclose()
