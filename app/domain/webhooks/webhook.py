"""Webhooks: the events they receive, and the descriptions of their inputs."""

from enum import StrEnum
from typing import Any, ClassVar

from app.domain.access.caller import PEOPLE_AND_KEYS, CallerKind
from app.domain.input.fields import boolean, choices, described, object_id, text
from app.domain.tasks.task import TaskStatus
from app.domain.webhooks.webhook_address import webhook_url_problem

MAX_WEBHOOKS = 20
MAX_URL_LENGTH = 2_048
MAX_ID = 2**31 - 1


class WebhookEvent(StrEnum):
    """The events that a webhook can receive."""

    TASK_COMPLETED = "task.completed"
    TASK_FAILED = "task.failed"


EVENT_OF_STATUS = {
    TaskStatus.COMPLETED: WebhookEvent.TASK_COMPLETED,
    TaskStatus.FAILED: WebhookEvent.TASK_FAILED,
}


def _url(**more: Any) -> Any:
    return text(
        "Where events are sent. It must be a public https URL.",
        max_length=MAX_URL_LENGTH,
        pattern="^https://",
        example="https://your-server.com/zenmode-webhook",
        rule=webhook_url_problem,
        **more,
    )


def _events(**more: Any) -> Any:
    return choices(WebhookEvent, "The events to send.", noun="an event", **more)


@described
class NewWebhook:
    """A webhook to be created. Where its host resolves to has not been checked."""

    senders: ClassVar[frozenset[CallerKind]] = PEOPLE_AND_KEYS

    url: str = _url()
    events: tuple[WebhookEvent, ...] = _events()


@described
class WebhookChange:
    """What to change of a webhook; None leaves a field as it is."""

    senders: ClassVar[frozenset[CallerKind]] = PEOPLE_AND_KEYS

    id: int = object_id(int)
    url: str | None = _url(default=None)
    events: tuple[WebhookEvent, ...] | None = _events(default=None)
    enabled: bool | None = boolean(
        "`true` switches it on again; deliveries that are pending are then sent.", default=None
    )
