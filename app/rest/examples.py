"""Example requests and responses, for the OpenAPI document and the documentation."""

from typing import Any, Final

Json = dict[str, Any]

_TASK_ID: Final = "task_m1abc_x7k2p9qr"
_TASK: Final[Json] = {
    "id": _TASK_ID,
    "action_type": "connect",
    "status": "pending",
    "linkedin_account_id": "acc_abc123",
    "payload": {
        "profile_url": "https://linkedin.com/in/jane-doe",
        "message": "Hi Jane, shall we connect?",
    },
    "priority": 0,
    "max_retries": 3,
    "attempts": 0,
    "result": None,
    "scheduled_at": None,
    "created_at": "2026-04-02T10:30:00.000Z",
    "updated_at": "2026-04-02T10:30:00.000Z",
    "started_at": None,
    "completed_at": None,
}
_COMPLETED: Final[Json] = {
    **_TASK,
    "status": "completed",
    "attempts": 1,
    "result": {"success": True},
    "updated_at": "2026-04-02T10:35:00.000Z",
    "started_at": "2026-04-02T10:34:41.000Z",
    "completed_at": "2026-04-02T10:35:00.000Z",
}
_WEBHOOK: Final[Json] = {
    "id": 123,
    "url": "https://your-server.com/zenmode-webhook",
    "events": ["task.completed", "task.failed"],
    "enabled": True,
    "disabled_reason": None,
    "created_at": "2026-04-02T10:30:00.000Z",
}
_ACCOUNT: Final[Json] = {
    "id": "acc_abc123",
    "name": "Ana Lima",
    "profile_url": "https://www.linkedin.com/in/ana-lima",
    "status": "active",
    "is_default": True,
    "daily_task_limit": 500,
    "tasks_created_today": 12,
    "created_at": "2026-03-01T08:00:00.000Z",
}

# By the name of the operation.
REQUESTS: Final[dict[str, Json]] = {
    "createTask": {"action_type": "connect", "payload": _TASK["payload"]},
    "forecastTasks": {"tasks": [{"action_type": "connect", "payload": _TASK["payload"]}]},
    "createWebhook": {"url": _WEBHOOK["url"], "events": _WEBHOOK["events"]},
    "updateWebhook": {"enabled": True},
}
RESPONSES: Final[dict[str, Json]] = {
    "createTask": {"task": _TASK},
    "listTasks": {"tasks": [_COMPLETED], "limit": 20, "offset": 0, "has_more": False},
    "getTask": {"task": _COMPLETED},
    "cancelTask": {"task": {**_TASK, "status": "cancelled"}},
    "forecastTasks": {
        "tasks": [{"index": 0, "starts_at": "2026-04-02T10:34:00.000Z"}],
        "days": [
            {
                "date": "2026-04-02",
                "linkedin_account_id": "acc_abc123",
                "action_type": "connect",
                "count": 1,
            }
        ],
        "finishes_at": "2026-04-02T10:34:00.000Z",
        "problems": [],
    },
    "createWebhook": {"webhook": {**_WEBHOOK, "secret": "whsec_…"}},
    "listWebhooks": {"webhooks": [_WEBHOOK]},
    "updateWebhook": {"webhook": _WEBHOOK},
    "deleteWebhook": {"deleted": True, "id": 123},
    "deleteWebhookByPath": {"deleted": True, "id": 123},
    "listLinkedinAccounts": {"linkedin_accounts": [_ACCOUNT]},
    "getLinkedinAccountLimits": {
        "pacing": True,
        "is_open": True,
        "opens_at": None,
        "limits": [
            {
                "action_type": "connect",
                "window": "day",
                "limit": 18,
                "used": 4,
                "remaining": 14,
                "reset_at": "2026-04-03T08:12:00.000Z",
                "next_allowed_at": None,
            }
        ],
        "locks": [
            {
                "action_type": "message",
                "code": "too_many",
                "until": "2026-04-03T10:30:00.000Z",
            }
        ],
    },
}
# Of an operation's parameters, those that an example request sends.
PARAMETERS: Final[dict[str, Json]] = {
    "listTasks": {"status": ["completed"], "limit": 20},
    "getTask": {"id": _TASK_ID},
    "getLinkedinAccountLimits": {"id": "acc_abc123"},
    "cancelTask": {"id": _TASK_ID},
    "deleteWebhook": {"id": 123},
    "updateWebhook": {"id": 123},
    "deleteWebhookByPath": {"id": 123},
}
