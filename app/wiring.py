"""Opens what actions need besides their arguments, once for each process."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from typing import Protocol, TypeVar

from app import tracing
from app.gateways.metrics import Metrics
from app.gateways.passwords import Argon2Passwords
from app.gateways.receivers.resolver import SystemResolver
from app.gateways.receivers.webhook_hosts import WebhookHosts
from app.gateways.receivers.webhook_sender import WebhookSender
from app.gateways.redis.events import Events
from app.gateways.redis.rate_limiter import RedisRateLimiter
from app.gateways.redis.redis_connection import connect_redis
from app.gateways.redis.worker_notifier import ArqWorkerNotifier
from app.gateways.secret_box import SealedBox
from app.models.engine.database import Database
from app.models.engine.database_clock import DatabaseClock
from app.services.credential_cache import CredentialCache
from app.services.last_used_throttle import LastUsedThrottle
from app.services.services import Services
from app.settings import Settings

_Service = TypeVar("_Service", bound="_Startable")


@asynccontextmanager
async def open_services(
    settings: Settings, metrics: Metrics | None = None
) -> AsyncIterator[Services]:
    """Connections to the database and to Redis, closed at the end.

    What this process does is counted in `metrics`, or in new ones.
    Raises Unavailable when the database is out of reach; Redis may come and go.
    """
    metrics = metrics or Metrics()
    async with AsyncExitStack() as stack:
        database = await Database.open(settings.database)
        stack.push_async_callback(database.close)
        clock = await stack.enter_async_context(DatabaseClock(database).running())
        redis = connect_redis(settings.redis)
        stack.push_async_callback(redis.aclose)
        events = _started(
            stack, Events(connect_redis(settings.redis), connect_redis(settings.redis), metrics)
        )
        worker_notifier = _started(stack, ArqWorkerNotifier(redis))
        rate_limiter = RedisRateLimiter(redis)
        stack.push_async_callback(rate_limiter.close)
        credential_cache = CredentialCache()
        events.on_credential_change(credential_cache.forget)
        resolver, sender = _webhook_sender(stack, settings)
        yield Services(
            settings=settings,
            database=database,
            events=events,
            worker_notifier=worker_notifier,
            rate_limiter=rate_limiter,
            passwords=Argon2Passwords(),
            secrets=SealedBox(settings.secret_keys),
            hosts=WebhookHosts(resolver, settings.webhook_allowed_networks),
            sender=sender,
            credential_cache=credential_cache,
            last_used=LastUsedThrottle(),
            clock=clock,
            metrics=metrics,
        )


class _Startable(Protocol):
    def start(self) -> None: ...
    async def close(self) -> None: ...


def _started(stack: AsyncExitStack, service: _Service) -> _Service:
    service.start()
    stack.push_async_callback(service.close)
    return service


@contextmanager
def traced(settings: Settings, service: str) -> Iterator[None]:
    """Traces are sent, if there is an address for them, until the end."""
    if settings.otlp_endpoint is None:
        yield
        return
    stop = tracing.start(settings.otlp_endpoint, service)
    try:
        yield
    finally:
        stop()


def _webhook_sender(
    stack: AsyncExitStack, settings: Settings
) -> tuple[SystemResolver, WebhookSender]:
    resolver = SystemResolver()
    sender = WebhookSender(
        resolver,
        allowed_networks=settings.webhook_allowed_networks,
        ca_bundle=settings.webhook_ca_bundle,
        timeout_seconds=settings.webhook_timeout_seconds,
    )
    stack.push_async_callback(sender.aclose)
    return resolver, sender
