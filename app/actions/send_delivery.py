"""One attempt at one delivery, and what follows from it."""

from collections.abc import Mapping
from contextlib import suppress

from app.actions.outside import Outside
from app.domain.attempt_result import AttemptResult
from app.domain.retry_schedule import GIVE_UP_AFTER_MS, delay_after
from app.domain.times import MS_PER_SECOND
from app.domain.webhook import DeliveryStatus
from app.domain.webhook_signature import UnreadableSecretError, signed_headers
from app.models.database import Queries
from app.models.delivery_queries import ClaimedDelivery, note_attempt, settle

_UNREADABLE = AttemptResult(None, "the webhook's secret cannot be read; rotate it", None, None, 0)
_GONE = 410
_GONE_REASON = "the receiver answered 410 Gone"
_FAILING_REASON = "every attempt failed for five days"

_IS_WELL = "UPDATE webhooks SET failing_since = NULL WHERE id = $1 AND failing_since IS NOT NULL"
_IS_FAILING = "UPDATE webhooks SET failing_since = $2 WHERE id = $1 AND failing_since IS NULL"
# A 410 from an address that the webhook no longer has says nothing about the one it has now.
_SWITCH_OFF = """
UPDATE webhooks SET enabled = $2, disabled_reason = $3, updated_at = $4
WHERE id = $1 AND enabled AND (($5 AND url = $7) OR failing_since <= $6)
"""


async def send_delivery(outside: Outside, delivery: ClaimedDelivery) -> None:
    """Send it, sign it, write down what came of it, and tell the fleet."""
    started_at = outside.now()
    body = delivery.body.encode()
    try:
        headers = _signed(outside, delivery, body, started_at)
    except UnreadableSecretError:
        result = _UNREADABLE
    else:
        result = await outside.sender.send(delivery.url, body, headers)
    await _record(outside, delivery, started_at, result)
    outside.events.delivery_changed(delivery.workspace_id, delivery.webhook_id, delivery.id)


def _signed(
    outside: Outside, delivery: ClaimedDelivery, body: bytes, now: int
) -> Mapping[str, str]:
    return signed_headers(
        delivery_id=delivery.id,
        attempt=delivery.attempt_count + 1,
        event=delivery.event,
        body=body,
        timestamp_seconds=now // MS_PER_SECOND,
        secret=outside.secrets.open(delivery.secret),
        previous_secret=_previous_secret(outside, delivery, now),
    )


def _previous_secret(outside: Outside, delivery: ClaimedDelivery, now: int) -> str | None:
    expires_at = delivery.previous_secret_expires_at
    if delivery.previous_secret is None or expires_at is None or expires_at <= now:
        return None
    # Whoever rotates a secret because it cannot be read any more must be helped by it at once.
    with suppress(UnreadableSecretError):
        return outside.secrets.open(delivery.previous_secret)
    return None


async def _record(
    outside: Outside, delivery: ClaimedDelivery, started_at: int, result: AttemptResult
) -> None:
    now = outside.now()
    delay = delay_after(
        delivery.attempt_count + 1,
        outside.settings.webhook_retry_seconds,
        status_code=result.status_code,
        retry_after_seconds=result.retry_after_seconds,
    )
    if result.status_code == _GONE:
        delay = None
    status = DeliveryStatus.PENDING if delay is not None else DeliveryStatus.FAILED
    if result.succeeded:
        status, delay = DeliveryStatus.DELIVERED, None

    async def unit(queries: Queries) -> None:
        await settle(
            queries,
            delivery,
            status=status.value,
            next_attempt_at=None if delay is None else now + delay,
            delivered_at=now if result.succeeded else None,
            now=now,
        )
        await note_attempt(
            queries,
            delivery.seq,
            started_at=started_at,
            duration_ms=result.duration_ms,
            status_code=result.status_code,
            error=result.error,
            response_excerpt=result.response_excerpt,
        )
        await _judge_webhook(queries, delivery, result, now)

    await outside.database.transaction(unit)


async def _judge_webhook(
    queries: Queries, delivery: ClaimedDelivery, result: AttemptResult, now: int
) -> None:
    webhook_id = delivery.webhook_id
    if result.succeeded:
        await queries.change(_IS_WELL, webhook_id)
        return
    await queries.change(_IS_FAILING, webhook_id, now)
    is_gone = result.status_code == _GONE
    reason = _GONE_REASON if is_gone else _FAILING_REASON
    too_long = now - GIVE_UP_AFTER_MS
    await queries.change(
        _SWITCH_OFF, webhook_id, False, reason, now, is_gone, too_long, delivery.url
    )
