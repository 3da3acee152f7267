"""Wakes workers through arq's queue. Notifications may be lost: workers also look by themselves."""

import asyncio
from typing import Any

import orjson
from arq.connections import ArqRedis
from redis.exceptions import RedisError

from app.gateways.background import end, start_loop
from app.gateways.circuit_breaker import CircuitBreaker
from app.gateways.outage import Outage
from app.gateways.redis.redis_connection import DEADLINE_SECONDS

JOB = "deliver_due"
QUEUE = "zenmode:jobs"
# At most this many notifications wait in the queue. One is not enough: a notification that
# arrives while a worker handles the last one must reach it as well.
JOB_IDS = ("zenmode:ring:1", "zenmode:ring:2")
_AT_MOST_EVERY_SECONDS = 0.02
_JOB_EXPIRES_SECONDS = 60

# arq's own choice is pickle, with which anyone who writes to Redis could run code in a worker.
serialize_job = orjson.dumps
deserialize_job = orjson.loads


class ArqWorkerNotifier:
    """Enqueues jobs in the background: many calls in a short while are one job."""

    def __init__(self, redis: Any) -> None:
        self._queue = ArqRedis(
            connection_pool=redis.connection_pool,
            job_serializer=serialize_job,
            job_deserializer=deserialize_job,
            default_queue_name=QUEUE,
        )
        self._was_rung = asyncio.Event()
        self._breaker = CircuitBreaker()
        self._outage = Outage("workers cannot be woken; they look by themselves")
        self._task: asyncio.Task[None] | None = None
        self.failures = 0

    def start(self) -> None:
        """Starts to send notifications."""
        self._task = start_loop("wake workers", self._pass_on)

    async def close(self) -> None:
        """Stop."""
        if self._task is not None:
            await end(self._task)

    def notify(self) -> None:
        """Deliveries are due."""
        self._was_rung.set()

    async def _pass_on(self) -> None:
        while True:
            await self._was_rung.wait()
            self._was_rung.clear()
            if not self._breaker.is_open:
                await self._enqueue()
            await asyncio.sleep(_AT_MOST_EVERY_SECONDS)

    async def _enqueue(self) -> None:
        try:
            async with asyncio.timeout(DEADLINE_SECONDS):
                await self._enqueue_one()
        except (RedisError, OSError, TimeoutError) as error:
            self._breaker.failed()
            self.failures += 1
            self._outage.failed(error)
        else:
            self._outage.worked()

    async def _enqueue_one(self) -> None:
        """One more job, unless all there may be are there."""
        for job_id in JOB_IDS:
            job = await self._queue.enqueue_job(JOB, _job_id=job_id, _expires=_JOB_EXPIRES_SECONDS)
            if job is not None:
                return
