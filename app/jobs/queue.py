"""arq's queue: one job whose arguments carry no data, and a supervisor that outlives Redis."""

import asyncio
from collections.abc import Callable
from typing import Any

import structlog
from arq.connections import ArqRedis
from arq.worker import Worker, func
from redis.exceptions import RedisError

from app.gateways.background import end
from app.gateways.outage import Outage
from app.gateways.redis.redis_connection import connect_redis
from app.gateways.redis.worker_notifier import JOB, QUEUE, deserialize_job, serialize_job
from app.settings import RedisAddress

_POLL_SECONDS = 0.05
_JOB_TIMEOUT_SECONDS = 10
# A job's id is used again, and arq counts its tries on after a worker died while it ran.
_ANY_NUMBER_OF_TRIES = 1_000_000
_RETRY_SECONDS = 1.0
_WAIT_FOR_REDIS_SECONDS = 5.0
_log = structlog.get_logger(__name__)


async def answer_notifications(address: RedisAddress, on_notification: Callable[[], None]) -> None:
    """Calls `on_notification` for every job in the queue, through any restart of Redis."""
    outage = Outage("the queue is away; deliveries are looked for without it")
    while True:
        redis = connect_redis(address, timeout_seconds=_WAIT_FOR_REDIS_SECONDS)
        worker = _worker(redis, on_notification, outage.worked)
        try:
            await worker.async_run()
        except (RedisError, OSError, TimeoutError) as error:
            outage.failed(error)
        except Exception:
            # An error in arq's loop must not end the worker: notifications may be missed.
            _log.exception("the queue's worker ended")
        finally:
            await _close(worker, redis)
        await asyncio.sleep(_RETRY_SECONDS)


async def _close(worker: Worker, redis: Any) -> None:
    """Closes every connection, which `Worker.close` does not once a job was cancelled."""
    tasks = [task for task in (worker.main_task, *worker.tasks.values()) if task]
    try:
        await end(*tasks)
        await asyncio.gather(*tasks, return_exceptions=True)
    finally:
        await redis.aclose()


def _worker(
    redis: Any, on_notification: Callable[[], None], on_start: Callable[[], None]
) -> Worker:
    async def deliver_due(_context: dict[Any, Any]) -> None:
        on_notification()

    async def startup(_context: dict[Any, Any]) -> None:
        on_start()

    return Worker(
        functions=[func(deliver_due, name=JOB, keep_result=0, max_tries=_ANY_NUMBER_OF_TRIES)],  # type: ignore[arg-type]
        redis_pool=ArqRedis(
            connection_pool=redis.connection_pool,
            job_serializer=serialize_job,
            job_deserializer=deserialize_job,
            default_queue_name=QUEUE,
        ),
        queue_name=QUEUE,
        on_startup=startup,  # type: ignore[arg-type]
        job_serializer=serialize_job,
        job_deserializer=deserialize_job,
        poll_delay=_POLL_SECONDS,
        job_timeout=_JOB_TIMEOUT_SECONDS,
        keep_result=0,
        handle_signals=False,
        log_results=False,
    )
