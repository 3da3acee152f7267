"""Webhooks: what they listen to and what a registration must look like."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.input.validator import Validator
from app.domain.tasks.task import TaskStatus
from app.domain.webhooks.webhook_address import webhook_url_problem

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
class NewWebhook:
    """A webhook to be registered, found good but for what its host resolves to."""

    url: str
    events: tuple[WebhookEvent, ...]


@dataclass(frozen=True, slots=True)
class WebhookChange:
    """What is to be changed on a webhook; None leaves a thing as it is."""

    url: str | None
    events: tuple[WebhookEvent, ...] | None
    enabled: bool | None


def validate_new_webhook(raw: Mapping[str, object]) -> NewWebhook:
    """Raises BadInput that names every bad field."""
    fields = Validator(raw, ("url", "events"))
    new = NewWebhook(url=_read_url(fields), events=fields.choices("events", WebhookEvent))
    fields.raise_if_invalid()
    return new


def validate_webhook_change(raw: Mapping[str, object]) -> WebhookChange:
    """Raises BadInput that names every bad field."""
    fields = Validator(raw, ("url", "events", "enabled"))
    change = WebhookChange(
        url=_read_url(fields) if fields.has("url") else None,
        events=fields.choices("events", WebhookEvent) if fields.has("events") else None,
        enabled=fields.boolean("enabled"),
    )
    fields.raise_if_invalid()
    return change


def _read_url(fields: Validator) -> str:
    noted = len(fields.problems)
    url = fields.text("url", max_length=MAX_URL_LENGTH)
    if len(fields.problems) == noted and (problem := webhook_url_problem(url)):
        fields.add_error("url", problem)
    return url
