"""Sending again everything that failed since a time, and now what is pending since then."""

from collections.abc import Awaitable, Callable

from app.actions.steps.after_commit import after_commit
from app.actions.steps.webhooks.own_webhook import own_enabled_webhook
from app.domain.access.caller import PEOPLE_AND_KEYS, Caller, require
from app.domain.errors import BadInput
from app.domain.times import ms_from_rfc3339
from app.models.access.workspace_queries import lock_workspace
from app.models.engine.database import Queries
from app.models.webhooks.delivery_queries import QueuedDelivery, list_failed_since, queue_again
from app.models.webhooks.pending_delivery_queries import bring_all_forward
from app.services.services import Services

_BATCH = 500


async def recover_deliveries(
    services: Services, caller: Caller | None, webhook_id: int, since: str
) -> int:
    """How many deliveries are now on their way that had failed since then, or waited.

    What was made since then and waits for its next attempt has it now. What was sent again before
    is not sent a third time; that new delivery is looked at instead.

    `since` is RFC 3339. Raises BadInput, NotFound, or Conflict for a webhook that is off.
    """
    known = require(caller, PEOPLE_AND_KEYS)
    try:
        since_ms = ms_from_rfc3339(since)
    except (ValueError, OverflowError):
        raise BadInput.at("since", "must be an RFC 3339 time with its offset") from None
    now = services.now()
    brought = await _until_none(
        services, lambda: _bring_forward(services, known, webhook_id, since_ms, now)
    )
    again = await _until_none(services, lambda: _send_again(services, known, webhook_id, since_ms))
    return brought + again


async def _until_none(
    services: Services, one_batch: Callable[[], Awaitable[list[QueuedDelivery]]]
) -> int:
    total = 0
    while True:
        batch = await one_batch()
        after_commit(services, deliveries=batch)
        total += len(batch)
        if len(batch) < _BATCH:
            return total


async def _bring_forward(
    services: Services, caller: Caller, webhook_id: int, since: int, now: int
) -> list[QueuedDelivery]:
    async def unit(queries: Queries) -> list[QueuedDelivery]:
        webhook = await own_enabled_webhook(queries, caller, webhook_id)
        ids = await bring_all_forward(queries, webhook.id, since=since, now=now, limit=_BATCH)
        return [QueuedDelivery(one, caller.workspace_id, webhook.id) for one in ids]

    return await services.database.transaction(unit)


async def _send_again(
    services: Services, caller: Caller, webhook_id: int, since: int
) -> list[QueuedDelivery]:
    async def unit(queries: Queries) -> list[QueuedDelivery]:
        await lock_workspace(queries, caller.workspace_id)
        webhook = await own_enabled_webhook(queries, caller, webhook_id)
        found = await list_failed_since(queries, webhook.id, since, _BATCH)
        return [await queue_again(queries, one, services.now()) for one in found]

    return await services.database.transaction(unit)
