"""Making what the verbs need from outside, once for each process."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager

from app import tracing
from app.actions.heard import Heard
from app.actions.outside import Outside
from app.actions.trusted_credentials import TrustedCredentials
from app.gateways.counts import Counts
from app.gateways.doorbell import ArqDoorbell
from app.gateways.events import Events
from app.gateways.passwords import Argon2Passwords
from app.gateways.rate_limiter import RedisRateLimiter
from app.gateways.redis_connection import connect_redis
from app.gateways.resolver import SystemResolver
from app.gateways.secret_box import SealedBox
from app.gateways.webhook_hosts import WebhookHosts
from app.gateways.webhook_sender import WebhookSender
from app.models.database import Database
from app.models.database_clock import DatabaseClock
from app.settings import Settings


@asynccontextmanager
async def open_outside(settings: Settings, counts: Counts | None = None) -> AsyncIterator[Outside]:
    """Connections to the database and to Redis, closed at the end.

    What is done is added to `counts`, if others count there too.
    Raises Unavailable when the database is out of reach; Redis may come and go.
    """
    counts = counts or Counts()
    async with AsyncExitStack() as stack:
        database = await Database.open(settings.database)
        stack.push_async_callback(database.close)
        clock = await stack.enter_async_context(DatabaseClock(database).running())
        redis = connect_redis(settings.redis)
        stack.push_async_callback(redis.aclose)
        events = Events(connect_redis(settings.redis), connect_redis(settings.redis), counts)
        events.start()
        stack.push_async_callback(events.close)
        doorbell = ArqDoorbell(redis)
        doorbell.start()
        stack.push_async_callback(doorbell.close)
        resolver, sender = _to_receivers(stack, settings)
        limiter = RedisRateLimiter(redis)
        stack.push_async_callback(limiter.close)
        trusted = TrustedCredentials()
        events.on_credential_change(trusted.forget)
        yield Outside(
            settings=settings,
            database=database,
            events=events,
            doorbell=doorbell,
            limiter=limiter,
            passwords=Argon2Passwords(),
            secrets=SealedBox(settings.secret_keys),
            hosts=WebhookHosts(resolver, settings.webhook_allowed_networks),
            sender=sender,
            trusted=trusted,
            heard=Heard(),
            clock=clock,
            counts=counts,
        )


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


def _to_receivers(
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
