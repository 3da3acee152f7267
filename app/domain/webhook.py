"""Webhooks: what they listen to and what a registration must look like."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.checking import Fields
from app.domain.task import TaskStatus
from app.domain.webhook_address import webhook_url_problem

MAX_WEBHOOKS = 20
MAX_URL_LENGTH = 2_048
MAX_ID = 2**31 - 1


class WebhookEvent(StrEnum):
    """What a webhook can listen to."""

    TASK_COMPLETED = "task.completed"
    TASK_FAILED = "task.failed"


class DeliveryStatus(StrEnum):
    """Where a delivery is in its life."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"


EVENT_OF_STATUS = {
    TaskStatus.COMPLETED: WebhookEvent.TASK_COMPLETED,
    TaskStatus.FAILED: WebhookEvent.TASK_FAILED,
}


@dataclass(frozen=True, slots=True)
class WebhookOrder:
    """A webhook to be registered, found good but for what its host resolves to."""

    url: str
    events: tuple[WebhookEvent, ...]


@dataclass(frozen=True, slots=True)
class WebhookChange:
    """What is to be changed on a webhook; None leaves a thing as it is."""

    url: str | None
    events: tuple[WebhookEvent, ...] | None
    enabled: bool | None


def check_webhook_order(raw: Mapping[str, object]) -> WebhookOrder:
    """Raises BadInput that names every bad field."""
    fields = Fields(raw, ("url", "events"))
    order = WebhookOrder(url=_read_url(fields), events=fields.choices("events", WebhookEvent))
    fields.finish()
    return order


def check_webhook_change(raw: Mapping[str, object]) -> WebhookChange:
    """Raises BadInput that names every bad field."""
    fields = Fields(raw, ("url", "events", "enabled"))
    change = WebhookChange(
        url=_read_url(fields) if fields.has("url") else None,
        events=fields.choices("events", WebhookEvent) if fields.has("events") else None,
        enabled=fields.boolean("enabled"),
    )
    fields.finish()
    return change


def _read_url(fields: Fields) -> str:
    noted = len(fields.problems)
    url = fields.text("url", max_length=MAX_URL_LENGTH)
    if len(fields.problems) == noted and (problem := webhook_url_problem(url)):
        fields.refuse("url", problem)
    return url
