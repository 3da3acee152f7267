"""What follows from attempts: success, another try, failure, a disabled webhook."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from app.actions.steps.webhooks.delivery_attempt import Attempt
from app.domain.times import MS_PER_SECOND
from app.domain.webhooks.delivery import DeliveryStatus
from app.domain.webhooks.failure_streak import FailureStreak, is_gone
from app.domain.webhooks.retry_schedule import delay_after
from app.domain.webhooks.webhook_health import WebhookHealth
from app.models.engine.database import Queries
from app.models.webhooks.delivery_attempt_queries import (
    EndedAttempt,
    TriedWebhook,
    lock_tried_webhooks,
    switch_off,
    update_streaks,
    write_attempts,
)
from app.services.services import Services


async def end_attempts(services: Services, attempts: Sequence[Attempt]) -> None:
    """Writes the results of attempts, each of another delivery, all of them or none.

    `attempts` in the order of their ends. Raises Unavailable.
    """
    if not attempts:
        return
    ended = [_ended(services, attempt) for attempt in attempts]
    now = services.now()

    async def unit(queries: Queries) -> None:
        await write_attempts(queries, ended, now)
        await _update_webhooks(queries, attempts, now)

    await services.database.transaction(unit)
    for attempt, end in zip(attempts, ended, strict=True):
        delivery = attempt.delivery
        outcome = "retried" if end.status == DeliveryStatus.PENDING else end.status
        services.metrics.delivery_attempted(outcome, end.duration_ms / MS_PER_SECOND)
        services.events.delivery_changed(delivery.workspace_id, delivery.webhook_id, delivery.id)


def _ended(services: Services, attempt: Attempt) -> EndedAttempt:
    delivery, result = attempt.delivery, attempt.result
    status, delay = DeliveryStatus.DELIVERED, None
    if not result.succeeded:
        delay = _delay(services, attempt)
        status = DeliveryStatus.FAILED if delay is None else DeliveryStatus.PENDING
    return EndedAttempt(
        seq=delivery.seq,
        claim_token=delivery.claim_token,
        status=status.value,
        next_attempt_at=None if delay is None else attempt.ended_at + delay,
        delivered_at=attempt.ended_at if result.succeeded else None,
        started_at=attempt.started_at,
        duration_ms=result.duration_ms,
        status_code=result.status_code,
        error=result.error,
        response_excerpt=result.response_excerpt,
        problem=result.problem,
    )


def _delay(services: Services, attempt: Attempt) -> int | None:
    if is_gone(attempt.result):
        return None
    return delay_after(
        attempt.delivery.attempt_count + 1,
        services.settings.webhook_retry_seconds,
        status_code=attempt.result.status_code,
        retry_after_seconds=attempt.result.retry_after_seconds,
    )


async def _update_webhooks(queries: Queries, attempts: Sequence[Attempt], now: int) -> None:
    by_webhook: defaultdict[int, list[Attempt]] = defaultdict(list)
    for attempt in attempts:
        by_webhook[attempt.delivery.webhook_id].append(attempt)
    changed = []
    for webhook in await lock_tried_webhooks(queries, by_webhook):
        # Attempts at an earlier address of the webhook say nothing about its present one.
        tried = [one for one in by_webhook[webhook.id] if one.delivery.url == webhook.url]
        if not tried:
            continue
        streak = _streak_after(webhook, tried)
        changed.append(_noted(webhook, streak, _health_after(webhook, tried)))
        if streak.disabled_reason is not None:
            await switch_off(queries, webhook.id, streak.disabled_reason, now)
    await update_streaks(queries, changed)


def _streak_after(webhook: TriedWebhook, attempts: Sequence[Attempt]) -> FailureStreak:
    before = FailureStreak(webhook.failing_since, webhook.last_failed_at)
    return before.after((one.ended_at, one.result) for one in attempts)


def _health_after(webhook: TriedWebhook, attempts: Sequence[Attempt]) -> WebhookHealth:
    health = WebhookHealth(
        webhook.last_attempt_at,
        webhook.last_error,
        webhook.failures_in_a_row or 0,
        webhook.first_failure_at,
    )
    for one in attempts:
        health = health.after(one.started_at, one.result)
    return health


def _noted(webhook: TriedWebhook, streak: FailureStreak, health: WebhookHealth) -> TriedWebhook:
    return replace(
        webhook,
        failing_since=streak.failing_since,
        last_failed_at=streak.last_failed_at,
        last_attempt_at=health.last_attempt_at,
        last_error=health.last_error,
        failures_in_a_row=health.failures_in_a_row,
        first_failure_at=health.failing_since,
    )
