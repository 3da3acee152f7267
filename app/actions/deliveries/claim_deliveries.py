"""A worker claims due deliveries, fairly: no webhook and no workspace takes all the room."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import shuffle

from app.domain.access.tokens import new_lease_token
from app.domain.times import MS_PER_SECOND
from app.models.webhooks.delivery_claim_queries import (
    ClaimedDelivery,
    DueWebhook,
    claim_due_deliveries,
    due_webhooks,
)
from app.services.services import Services

MOST_PER_WEBHOOK = 10
MOST_PER_WORKSPACE = 50
MOST_PER_WORKER = 100
# Only for webhooks with nothing in flight: however many do not answer, others have room.
MOST_WITH_FIRSTS = 300
# Only for workspaces with less than their sure share in flight: many webhooks that do not answer,
# or many workspaces of one customer, leave room for others.
SURE_PER_WORKSPACE = 2
MOST_WITH_SURE = 600
# How far ahead a worker knows what will be due: it searches again within that time in any case.
SOON_MS = 2 * MS_PER_SECOND
# Beyond the attempt's own deadline: the time to write its result.
_MARGIN_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a worker may send now, and when (ms) the next delivery is due, if that is soon."""

    deliveries: list[ClaimedDelivery]
    search_at: int | None


async def claim_deliveries(services: Services, in_flight: Sequence[ClaimedDelivery]) -> Claimed:
    """Returns due deliveries, as many as this worker may send besides those in flight."""
    now = services.now()
    webhooks = await due_webhooks(services.database, now=now, until=now + SOON_MS)
    search_at = min((one.due_at for one in webhooks if one.due_at > now), default=None)
    shares = _shares([one for one in webhooks if one.due_at <= now], in_flight)
    return Claimed(await _hold(services, shares, now) if shares else [], search_at)


async def _hold(services: Services, shares: Mapping[int, int], now: int) -> list[ClaimedDelivery]:
    hold_seconds = services.settings.webhook_timeout_seconds + _MARGIN_SECONDS
    until = now + round(hold_seconds * MS_PER_SECOND)
    token = new_lease_token()
    return await claim_due_deliveries(services.database, shares, token=token, now=now, until=until)


def _shares(due: Sequence[DueWebhook], in_flight: Sequence[ClaimedDelivery]) -> Mapping[int, int]:
    """Returns how many each webhook may have: one more at a time, in turn, until a limit."""
    by_webhook = Counter(one.webhook_id for one in in_flight)
    by_workspace = Counter(one.workspace_id for one in in_flight)
    total = len(in_flight)
    shares: Counter[int] = Counter()
    waiting = list(due)
    shuffle(waiting)
    while waiting:
        going_on = []
        for webhook in waiting:
            by = by_webhook[webhook.id], by_workspace[webhook.workspace_id]
            if _has_room(*by, total):
                shares[webhook.id] += 1
                by_webhook[webhook.id] += 1
                by_workspace[webhook.workspace_id] += 1
                total += 1
                going_on.append(webhook)
        waiting = going_on
    return shares


def _has_room(of_webhook: int, of_workspace: int, total: int) -> bool:
    """Returns whether one more may be sent, given how many are in flight."""
    if of_webhook >= MOST_PER_WEBHOOK:
        return False
    if of_workspace < SURE_PER_WORKSPACE and total < MOST_WITH_SURE:
        return True
    if of_webhook == 0 and total < MOST_WITH_FIRSTS:
        return True
    return of_workspace < MOST_PER_WORKSPACE and total < MOST_PER_WORKER
