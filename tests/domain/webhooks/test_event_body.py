"""The body of a webhook's request."""

import json

from app.domain.webhooks.event_body import is_test_body, task_event_body
from app.domain.webhooks.webhook import WebhookEvent


def body(**more: object) -> str:
    fields: dict[str, object] = {
        "task_id": "task_1",
        "action_type": "connect",
        "status": "completed",
        "result": {"success": True, "note": "Grüße"},
        "linkedin_account_id": "acc_1",
        "at": 0,
        **more,
    }
    return task_event_body(WebhookEvent.TASK_COMPLETED, **fields)  # type: ignore[arg-type]


def test_a_body_has_the_documented_keys_in_their_order() -> None:
    assert body() == (
        '{"event":"task.completed","data":{"task_id":"task_1","action_type":"connect",'
        '"status":"completed","result":{"success":true,"note":"Grüße"},'
        '"linkedin_account_id":"acc_1"},"timestamp":"1970-01-01T00:00:00.000Z"}'
    )


def test_only_a_test_event_is_marked_as_one() -> None:
    assert json.loads(body(is_test=True))["data"]["test"] is True
    assert is_test_body(body(is_test=True))
    assert not is_test_body(body())


def test_a_result_that_says_test_does_not_make_a_test_event() -> None:
    assert not is_test_body(body(result={"test": True}))
