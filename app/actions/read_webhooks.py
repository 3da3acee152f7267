"""Reading webhooks, their deliveries, and the attempts at those."""

from dataclasses import dataclass

from app.actions.outside import Outside
from app.domain.caller import PEOPLE_AND_KEYS, Caller, require_reader
from app.domain.ids import can_be_an_id
from app.domain.listing import check_page
from app.domain.times import MS_PER_DAY
from app.domain.webhook import MAX_ID, DeliveryStatus
from app.models.recent_delivery_queries import count_recent_deliveries
from app.models.webhook import Delivery, DeliveryAttempt, Webhook


@dataclass(frozen=True, slots=True)
class DeliveryPage:
    """A stretch of a list of deliveries, and whether it goes on."""

    deliveries: list[Delivery]
    has_more: bool


@dataclass(frozen=True, slots=True)
class DeliveryCounts:
    """How many deliveries stand how."""

    delivered: int
    failed: int
    pending: int


async def all_webhooks(outside: Outside, caller: Caller | None) -> list[Webhook]:
    """The caller's webhooks, oldest first."""
    known = require_reader(caller, PEOPLE_AND_KEYS)
    return await outside.database.read(
        Webhook.filter(workspace_id=known.workspace_id).order_by("id")
    )


async def get_webhook(outside: Outside, caller: Caller | None, webhook_id: int) -> Webhook | None:
    """A webhook of the caller's workspace, or None."""
    known = require_reader(caller, PEOPLE_AND_KEYS)
    if not 0 < webhook_id <= MAX_ID:
        return None
    return await outside.database.read(
        Webhook.get_or_none(id=webhook_id, workspace_id=known.workspace_id)
    )


async def recent_deliveries(outside: Outside, webhook_id: int) -> DeliveryCounts:
    """How the last day's deliveries of a webhook that the caller was given fared."""
    since = outside.now() - MS_PER_DAY
    counts = await count_recent_deliveries(outside.database, webhook_id, since)
    return DeliveryCounts(
        delivered=counts[DeliveryStatus.DELIVERED],
        failed=counts[DeliveryStatus.FAILED],
        pending=counts[DeliveryStatus.PENDING],
    )


async def get_delivery(
    outside: Outside, caller: Caller | None, delivery_id: str
) -> Delivery | None:
    """A delivery of the caller's workspace, or None."""
    known = require_reader(caller, PEOPLE_AND_KEYS)
    if not can_be_an_id(delivery_id):
        return None
    return await outside.database.read(
        Delivery.get_or_none(id=delivery_id, workspace_id=known.workspace_id)
    )


async def page_of_deliveries(
    outside: Outside,
    caller: Caller | None,
    *,
    webhook_id: int | None = None,
    task_id: str | None = None,
    status: DeliveryStatus | None = None,
    first: int,
    before_seq: int | None = None,
) -> DeliveryPage:
    """The caller's deliveries, newest first. Raises BadInput for a page that is not served."""
    known = require_reader(caller, PEOPLE_AND_KEYS)
    check_page(first)
    if task_id is not None and not can_be_an_id(task_id):
        return DeliveryPage([], has_more=False)
    wanted: dict[str, object] = {"workspace_id": known.workspace_id}
    if webhook_id is not None:
        wanted["webhook_id"] = webhook_id
    if task_id is not None:
        wanted["task_id"] = task_id
    if status is not None:
        wanted["status"] = status.value
    if before_seq is not None:
        wanted["seq__lt"] = before_seq
    found = await outside.database.read(Delivery.filter(**wanted).order_by("-seq").limit(first + 1))
    return DeliveryPage(found[:first], has_more=len(found) > first)


async def attempts_to_deliver(outside: Outside, delivery: Delivery) -> list[DeliveryAttempt]:
    """The attempts at a delivery that the caller was given, first to last."""
    return await outside.database.read(
        DeliveryAttempt.filter(delivery_seq=delivery.seq).order_by("number")
    )


async def deliveries_of_task(
    outside: Outside, caller: Caller | None, task_id: str, most: int
) -> list[Delivery]:
    """What a task of the caller's caused to be sent, newest first."""
    known = require_reader(caller, PEOPLE_AND_KEYS)
    found = Delivery.filter(task_id=task_id, workspace_id=known.workspace_id)
    return await outside.database.read(found.order_by("-seq").limit(most))
