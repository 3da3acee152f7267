"""Notifications: one reaches a worker, before, during and after Redis's troubles."""

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


class Notifications:
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
async def notifier_and_received(url: str) -> AsyncIterator[tuple[ArqWorkerNotifier, Notifications]]:
    """A notifier, and what a worker receives of it."""
    received = Notifications()
    redis = connect_redis(_address(url))
    notifier = ArqWorkerNotifier(redis)
    notifier.start()
    listening = asyncio.create_task(answer_notifications(_address(url), received))
    try:
        yield notifier, received
    finally:
        await notifier.close()
        await end(listening)
        await redis.aclose()


async def _received_again(notifier: ArqWorkerNotifier, received: Notifications) -> None:
    received_before = received.count

    def notify_and_look() -> bool:
        notifier.notify()
        return received.count > received_before

    await until(notify_and_look, 20)


async def test_a_notification_arrives_at_once(redis_url: str) -> None:
    async with notifier_and_received(redis_url) as (notifier, received):
        notifier.notify()
        await until(lambda: received.count == 1)


async def test_a_thousand_notifications_in_a_moment_are_few_jobs(redis_url: str) -> None:
    async with notifier_and_received(redis_url) as (notifier, received):
        for _ in range(1_000):
            notifier.notify()
        await until(lambda: received.count >= 1)
        await _received_again(notifier, received)
        assert received.count < 50


async def test_notifications_arrive_again_after_redis_has_restarted(
    fragile_redis: RedisServer,
) -> None:
    async with notifier_and_received(fragile_redis.url) as (notifier, received):
        await _received_again(notifier, received)
        for trouble in (fragile_redis.restart, fragile_redis.flush):
            await asyncio.to_thread(trouble)
            await _received_again(notifier, received)


async def test_notifying_blocks_no_caller_while_redis_hangs(fragile_redis: RedisServer) -> None:
    async with notifier_and_received(fragile_redis.url) as (notifier, received):
        await _received_again(notifier, received)
        fragile_redis.freeze()
        try:
            notifier.notify()
            await until(lambda: notifier.failures > 0)
        finally:
            fragile_redis.thaw()
        await _received_again(notifier, received)


async def test_what_others_put_into_the_queue_runs_nothing_and_ends_nobody(redis_url: str) -> None:
    class Bomb:
        def __reduce__(self) -> tuple[object, tuple[str, ...]]:
            return (exec, ("import sys; sys.zenmode_was_run = True",))

    import sys

    redis = connect_redis(_address(redis_url))
    async with notifier_and_received(redis_url) as (notifier, received):
        await redis.set("arq:job:bomb", pickle.dumps(Bomb()))
        await redis.zadd(QUEUE, {"bomb": 1})
        await _received_again(notifier, received)
    await redis.aclose()
    assert not hasattr(sys, "zenmode_was_run")


async def test_while_no_worker_is_there_the_queue_does_not_grow(redis_url: str) -> None:
    redis = connect_redis(_address(redis_url))
    notifier = ArqWorkerNotifier(redis)
    for _ in range(10):
        await notifier._enqueue()
    assert await redis.zcard(QUEUE) == len(JOB_IDS)
    received_before = Notifications()
    listening = asyncio.create_task(answer_notifications(_address(redis_url), received_before))
    await until(lambda: received_before.count == len(JOB_IDS))

    async def is_empty() -> bool:
        return await redis.zcard(QUEUE) == 0 and not await redis.keys("arq:*")

    await until(is_empty)
    await end(listening)
    await redis.aclose()


async def test_a_notification_arrives_while_the_last_one_is_being_answered(redis_url: str) -> None:
    redis = connect_redis(_address(redis_url))
    await redis.set(f"arq:job:{JOB_IDS[0]}", "a job that a worker has not ended yet")
    async with notifier_and_received(redis_url) as (notifier, received):
        for number in (1, 2, 3):
            notifier.notify()
            await until(lambda number=number: received.count == number)  # type: ignore[misc]
    await redis.aclose()


async def test_a_notification_arrives_although_a_worker_died_at_the_last_one(
    redis_url: str,
) -> None:
    redis = connect_redis(_address(redis_url))
    for job_id in JOB_IDS:
        await redis.set(f"arq:retry:{job_id}", 7)
    async with notifier_and_received(redis_url) as (notifier, received):
        notifier.notify()
        await until(lambda: received.count == 1)
    await redis.aclose()
