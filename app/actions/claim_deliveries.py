"""A worker takes what is due, fairly: no webhook and no workspace takes all of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from random import shuffle

from app.actions.outside import Outside
from app.domain.times import MS_PER_SECOND
from app.domain.tokens import new_lease_token
from app.models.database import Queries
from app.models.delivery_queries import ClaimedDelivery, DueWebhook, claim_due, due_webhooks

MOST_PER_WEBHOOK = 10
MOST_PER_WORKSPACE = 50
MOST_PER_WORKER = 100
# Only for webhooks with nothing in flight: however many hang, there is room for others.
MOST_WITH_FIRSTS = 300
# Beyond the attempt's own deadline: time to write down what came of it.
_MARGIN_SECONDS = 10


async def claim_deliveries(
    outside: Outside, in_flight: Sequence[ClaimedDelivery]
) -> list[ClaimedDelivery]:
    """Deliveries that are due, as many as this worker may begin beside those in flight."""
    now = outside.now()
    due = await due_webhooks(outside.database, now)
    shares = _shares(due, in_flight)
    if not shares:
        return []
    hold_seconds = outside.settings.webhook_timeout_seconds + _MARGIN_SECONDS
    until = now + round(hold_seconds * MS_PER_SECOND)
    token = new_lease_token()

    async def unit(queries: Queries) -> list[ClaimedDelivery]:
        return await claim_due(queries, shares, token=token, now=now, until=until)

    if outside.database.is_sqlite:
        return await outside.database.transaction(unit)
    # One statement holds them all; whatever breaks after it, the hold runs out.
    return await unit(outside.database)


def _shares(due: Sequence[DueWebhook], in_flight: Sequence[ClaimedDelivery]) -> Mapping[int, int]:
    """How many each webhook may have: one more at a time, in turn, until something is full."""
    by_webhook = Counter(one.webhook_id for one in in_flight)
    by_workspace = Counter(one.workspace_id for one in in_flight)
    total = len(in_flight)
    shares: Counter[int] = Counter()
    waiting = list(due)
    shuffle(waiting)
    while waiting:
        going_on = []
        for webhook in waiting:
            most = MOST_PER_WORKER if by_webhook[webhook.id] else MOST_WITH_FIRSTS
            if (
                by_webhook[webhook.id] < MOST_PER_WEBHOOK
                and by_workspace[webhook.workspace_id] < MOST_PER_WORKSPACE
                and total < most
            ):
                shares[webhook.id] += 1
                by_webhook[webhook.id] += 1
                by_workspace[webhook.workspace_id] += 1
                total += 1
                going_on.append(webhook)
        waiting = going_on
    return shares
