"""Reading webhooks, their deliveries, and the attempts at those."""

from dataclasses import dataclass

from app.domain.access.caller import PEOPLE_AND_KEYS, Caller, require_reader
from app.domain.ids import is_valid_id
from app.domain.tasks.task_filter import validate_page
from app.domain.times import MS_PER_DAY
from app.domain.webhooks.delivery import DeliveryStatus
from app.domain.webhooks.webhook import MAX_ID
from app.models.tables.webhook import Delivery, DeliveryAttempt, Webhook
from app.models.webhooks.delivery_queries import (
    count_recent_deliveries,
    find_delivery,
    list_attempts,
    list_deliveries,
)
from app.models.webhooks.webhook_queries import find_webhook, list_webhooks
from app.services.services import Services


@dataclass(frozen=True, slots=True)
class DeliveryPage:
    """A page of deliveries, and whether there are more."""

    deliveries: list[Delivery]
    has_more: bool


@dataclass(frozen=True, slots=True)
class DeliveryCounts:
    """The number of deliveries by status."""

    delivered: int
    failed: int
    pending: int


async def all_webhooks(services: Services, caller: Caller | None) -> list[Webhook]:
    """Returns the caller's webhooks, oldest first."""
    known = require_reader(caller, PEOPLE_AND_KEYS)
    return await list_webhooks(services.database, known.workspace_id)


async def get_webhook(services: Services, caller: Caller | None, webhook_id: int) -> Webhook | None:
    """Returns a webhook of the caller's workspace, or None."""
    known = require_reader(caller, PEOPLE_AND_KEYS)
    if not 0 < webhook_id <= MAX_ID:
        return None
    return await find_webhook(services.database, known.workspace_id, webhook_id)


async def recent_deliveries(services: Services, webhook_id: int) -> DeliveryCounts:
    """Returns the last day's deliveries, by status, of a webhook that the caller may read."""
    since = services.now() - MS_PER_DAY
    counts = await count_recent_deliveries(services.database, webhook_id, since)
    return DeliveryCounts(
        delivered=counts[DeliveryStatus.DELIVERED],
        failed=counts[DeliveryStatus.FAILED],
        pending=counts[DeliveryStatus.PENDING],
    )


async def get_delivery(
    services: Services, caller: Caller | None, delivery_id: str
) -> Delivery | None:
    """Returns a delivery of the caller's workspace, or None."""
    known = require_reader(caller, PEOPLE_AND_KEYS)
    if not is_valid_id(delivery_id):
        return None
    return await find_delivery(services.database, known.workspace_id, delivery_id)


async def page_of_deliveries(
    services: Services,
    caller: Caller | None,
    *,
    webhook_id: int | None = None,
    task_id: str | None = None,
    status: DeliveryStatus | None = None,
    first: int,
    before_seq: int | None = None,
) -> DeliveryPage:
    """Returns the caller's deliveries, newest first. Raises BadInput for a wrong page."""
    known = require_reader(caller, PEOPLE_AND_KEYS)
    validate_page(first)
    if task_id is not None and not is_valid_id(task_id):
        return DeliveryPage([], has_more=False)
    found = await list_deliveries(
        services.database,
        known.workspace_id,
        webhook_id=webhook_id,
        task_id=task_id,
        status=status,
        before_seq=before_seq,
        limit=first + 1,
    )
    return DeliveryPage(found[:first], has_more=len(found) > first)


async def attempts_to_deliver(services: Services, delivery: Delivery) -> list[DeliveryAttempt]:
    """Returns the attempts at a delivery that the caller may read, first to last."""
    return await list_attempts(services.database, delivery.seq)


async def deliveries_of_task(
    services: Services, caller: Caller | None, task_id: str, most: int
) -> list[Delivery]:
    """Returns the deliveries of a task of the caller's, newest first."""
    known = require_reader(caller, PEOPLE_AND_KEYS)
    return await list_deliveries(services.database, known.workspace_id, task_id=task_id, limit=most)
