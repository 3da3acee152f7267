"""The body of a webhook's request, key for key as documented."""

import json

from app.domain.times import iso_from_ms
from app.domain.webhooks.webhook import WebhookEvent


def task_event_body(
    event: WebhookEvent,
    *,
    task_id: str,
    action_type: str,
    status: str,
    result: dict[str, object] | None,
    linkedin_account_id: str,
    at: int,
    is_test: bool = False,
) -> str:
    """Compact JSON; `at` is in milliseconds; made-up data is marked `"test": true`."""
    data: dict[str, object] = {
        "task_id": task_id,
        "action_type": action_type,
        "status": status,
        "result": result,
        "linkedin_account_id": linkedin_account_id,
    }
    if is_test:
        data["test"] = True
    body = {"event": event.value, "data": data, "timestamp": iso_from_ms(at)}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def is_test_body(body: str) -> bool:
    """Whether a stored body is that of a test event."""
    return json.loads(body)["data"].get("test") is True
