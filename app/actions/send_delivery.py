"""One attempt at one delivery, and what follows from it."""

from app.actions.outside import Outside
from app.domain.attempt_result import AttemptResult
from app.domain.retry_schedule import GIVE_UP_AFTER_MS, delay_after
from app.domain.times import MS_PER_SECOND
from app.domain.webhook import DeliveryStatus
from app.domain.webhook_signature import signed_headers
from app.models.database import Queries
from app.models.delivery_queries import ClaimedDelivery, note_attempt, settle

_GONE = 410
_GONE_REASON = "the receiver answered 410 Gone"
_FAILING_REASON = "every attempt failed for five days"

_IS_WELL = "UPDATE webhooks SET failing_since = NULL WHERE id = $1 AND failing_since IS NOT NULL"
_IS_FAILING = "UPDATE webhooks SET failing_since = $2 WHERE id = $1 AND failing_since IS NULL"
_SWITCH_OFF = """
UPDATE webhooks SET enabled = $2, disabled_reason = $3, updated_at = $4
WHERE id = $1 AND enabled AND ($5 OR failing_since <= $6)
"""


async def send_delivery(outside: Outside, delivery: ClaimedDelivery) -> None:
    """Send it, sign it, write down what came of it, and tell the fleet."""
    started_at = outside.now()
    body = delivery.body.encode()
    headers = signed_headers(
        delivery_id=delivery.id,
        attempt=delivery.attempt_count + 1,
        event=delivery.event,
        body=body,
        timestamp_seconds=started_at // MS_PER_SECOND,
        secret=outside.secrets.open(delivery.secret),
        previous_secret=_previous_secret(outside, delivery, started_at),
    )
    result = await outside.sender.send(delivery.url, body, headers)
    await _record(outside, delivery, started_at, result)
    outside.events.delivery_changed(delivery.workspace_id, delivery.webhook_id, delivery.id)


def _previous_secret(outside: Outside, delivery: ClaimedDelivery, now: int) -> str | None:
    expires_at = delivery.previous_secret_expires_at
    if delivery.previous_secret is None or expires_at is None or expires_at <= now:
        return None
    return outside.secrets.open(delivery.previous_secret)


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
        await _judge_webhook(queries, delivery.webhook_id, result, now)

    await outside.database.transaction(unit)


async def _judge_webhook(
    queries: Queries, webhook_id: int, result: AttemptResult, now: int
) -> None:
    if result.succeeded:
        await queries.change(_IS_WELL, webhook_id)
        return
    await queries.change(_IS_FAILING, webhook_id, now)
    is_gone = result.status_code == _GONE
    reason = _GONE_REASON if is_gone else _FAILING_REASON
    await queries.change(
        _SWITCH_OFF, webhook_id, False, reason, now, is_gone, now - GIVE_UP_AFTER_MS
    )
