"""One attempt at one delivery: signed and sent; its result is written together with others."""

from collections.abc import Mapping
from contextlib import suppress

from app.actions.steps.webhooks.delivery_attempt import Attempt
from app.domain.times import MS_PER_SECOND
from app.domain.webhooks.attempt_result import AttemptResult
from app.domain.webhooks.webhook_signature import UnreadableSecretError, signed_headers
from app.models.webhooks.delivery_claim_queries import ClaimedDelivery
from app.services.services import Services
from app.tracing import delivery_span

_UNREADABLE = AttemptResult(None, "the webhook's secret cannot be read; rotate it", None, None, 0)


async def send_delivery(services: Services, delivery: ClaimedDelivery) -> Attempt:
    """Signs and sends it. Until `end_attempts` only the receiver knows of it."""
    started_at = services.now()
    body = delivery.body.encode()
    try:
        headers = _signed(services, delivery, body, started_at)
    except UnreadableSecretError:
        result = _UNREADABLE
    else:
        with delivery_span(delivery.id, delivery.attempt_count + 1):
            result = await services.sender.send(delivery.url, body, headers)
    return Attempt(delivery, started_at, services.now(), result)


def _signed(
    services: Services, delivery: ClaimedDelivery, body: bytes, now: int
) -> Mapping[str, str]:
    return signed_headers(
        delivery_id=delivery.id,
        attempt=delivery.attempt_count + 1,
        event=delivery.event,
        body=body,
        timestamp_seconds=now // MS_PER_SECOND,
        secret=services.secrets.open(delivery.secret),
        previous_secret=_previous_secret(services, delivery, now),
    )


def _previous_secret(services: Services, delivery: ClaimedDelivery, now: int) -> str | None:
    expires_at = delivery.previous_secret_expires_at
    if delivery.previous_secret is None or expires_at is None or expires_at <= now:
        return None
    # A secret that cannot be read is rotated: sending must work at once after that.
    with suppress(UnreadableSecretError):
        return services.secrets.open(delivery.previous_secret)
    return None
