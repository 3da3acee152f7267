"""What a webhook may be, and which event a status has."""

import pytest

from app.domain.errors import BadInput
from app.domain.input.read_input import read_input
from app.domain.tasks.task import TaskStatus
from app.domain.webhooks.webhook import EVENT_OF_STATUS, NewWebhook, WebhookChange, WebhookEvent

URL = "https://example.com/hook"


def test_events_are_chosen_and_none_twice() -> None:
    webhook = read_input(NewWebhook, {"url": URL, "events": ["task.failed"]})
    assert webhook.events == (WebhookEvent.TASK_FAILED,)
    for events in ([], ["task.failed", "task.failed"], ["task.created"], "task.failed"):
        with pytest.raises(BadInput, match="events"):
            read_input(NewWebhook, {"url": URL, "events": events})


@pytest.mark.parametrize(
    "url", ["http://example.com/", "https://user:pass@example.com/", "example.com", ""]
)
def test_a_url_that_cannot_be_called_is_refused(url: str) -> None:
    with pytest.raises(BadInput, match="url"):
        read_input(NewWebhook, {"url": url, "events": ["task.failed"]})


def test_a_change_leaves_out_what_stays() -> None:
    change = read_input(WebhookChange, {"id": 1, "enabled": False})
    assert (change.url, change.events, change.enabled) == (None, None, False)


def test_every_event_has_its_status_and_a_cancelled_task_has_none() -> None:
    assert set(EVENT_OF_STATUS.values()) == set(WebhookEvent)
    assert TaskStatus.CANCELLED not in EVENT_OF_STATUS
