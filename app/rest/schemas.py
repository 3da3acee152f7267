"""JSON Schemas of what goes in and comes out, for the OpenAPI document."""

from collections.abc import Mapping
from typing import Any

from app.domain.errors import MAX_DETAILS
from app.domain.linkedin import MAX_URL_LENGTH, AccountStatus
from app.domain.task import ActionType, TaskStatus
from app.domain.task_order import MAX_MESSAGE_LENGTH
from app.domain.webhook import WebhookEvent

Schema = dict[str, Any]

_TIME: Schema = {"type": "string", "format": "date-time", "examples": ["2026-04-02T10:30:00.000Z"]}
_TIME_OR_NULL: Schema = {**_TIME, "type": ["string", "null"]}


def ref(name: str) -> Schema:
    """A schema that the document names."""
    return {"$ref": f"#/components/schemas/{name}"}


def envelope(name: str, inside: Mapping[str, object]) -> Schema:
    """An object with one key."""
    return {"type": "object", "required": [name], "properties": {name: inside}}


def _words(words: type[Any]) -> Schema:
    return {"type": "string", "enum": [one.value for one in words]}


_PAYLOAD: Schema = {
    "type": "object",
    "required": ["profile_url"],
    "additionalProperties": False,
    "properties": {
        "profile_url": {
            "type": "string",
            "maxLength": MAX_URL_LENGTH,
            "description": "A LinkedIn profile's address: anything that leads to "
            "linkedin.com/in/ and a name, with or without https://, kept as sent.",
            "examples": ["https://linkedin.com/in/jane-doe"],
        },
        "message": {
            "type": "string",
            "maxLength": MAX_MESSAGE_LENGTH,
            "description": "Required for `message` (1 to 8,000 characters), optional for `connect` "
            "(up to 300), not allowed otherwise.",
        },
    },
}
TASK_ORDER: Schema = {
    "type": "object",
    "required": ["action_type", "payload"],
    "additionalProperties": False,
    "properties": {
        "action_type": _words(ActionType),
        "linkedin_account_id": {
            "type": "string",
            "minLength": 1,
            "maxLength": 200,
            "description": "Left out: the only account, or the default one.",
        },
        "payload": _PAYLOAD,
        "priority": {"type": "integer", "minimum": -100, "maximum": 100, "default": 0},
        "max_retries": {"type": "integer", "minimum": 0, "maximum": 10, "default": 3},
        "scheduled_at": {**_TIME, "description": "Not before this time, up to a year ahead."},
    },
}
_WEBHOOK_URL: Schema = {
    "type": "string",
    "maxLength": MAX_URL_LENGTH,
    "pattern": "^https://",
    "examples": ["https://your-server.com/zenmode-webhook"],
}
_WEBHOOK_EVENTS: Schema = {
    "type": "array",
    "minItems": 1,
    "uniqueItems": True,
    "items": _words(WebhookEvent),
}
WEBHOOK_ORDER: Schema = {
    "type": "object",
    "required": ["url", "events"],
    "additionalProperties": False,
    "properties": {"url": _WEBHOOK_URL, "events": _WEBHOOK_EVENTS},
}
WEBHOOK_CHANGE: Schema = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "url": _WEBHOOK_URL,
        "events": _WEBHOOK_EVENTS,
        "enabled": {
            "type": "boolean",
            "description": "On again, it goes on with what is pending.",
        },
    },
}
TASK: Schema = {
    "type": "object",
    "properties": {
        "id": {"type": "string"},
        "action_type": _words(ActionType),
        "status": _words(TaskStatus),
        "linkedin_account_id": {"type": "string"},
        "payload": {"type": "object", "description": "Exactly the keys that were sent."},
        "priority": {"type": "integer"},
        "max_retries": {"type": "integer"},
        "attempts": {"type": "integer", "description": "Attempts that began."},
        "result": {
            "type": ["object", "null"],
            "description": "Null until the end; then `success`, and `error` when it failed.",
        },
        "scheduled_at": _TIME_OR_NULL,
        "created_at": _TIME,
        "updated_at": _TIME,
        "started_at": _TIME_OR_NULL,
        "completed_at": _TIME_OR_NULL,
    },
}
TASK["required"] = list(TASK["properties"])
TASK_LIST: Schema = {
    "type": "object",
    "required": ["tasks", "limit", "offset", "has_more"],
    "properties": {
        "tasks": {"type": "array", "items": ref("Task")},
        "limit": {"type": "integer"},
        "offset": {"type": "integer"},
        "has_more": {"type": "boolean"},
        "total": {"type": "integer", "description": "With `include_total=true`."},
    },
}
WEBHOOK: Schema = {
    "type": "object",
    "required": ["id", "url", "events", "enabled", "disabled_reason", "created_at"],
    "properties": {
        "id": {"type": "integer"},
        "url": {"type": "string"},
        "events": {"type": "array", "items": _words(WebhookEvent)},
        "enabled": {"type": "boolean"},
        "disabled_reason": {
            "type": ["string", "null"],
            "description": "Why it is off; null while it is on.",
        },
        "created_at": _TIME,
    },
}
NEW_WEBHOOK: Schema = {
    "allOf": [
        ref("Webhook"),
        envelope("secret", {"type": "string", "description": "Shown here and never again."}),
    ]
}
DELETED: Schema = {
    "type": "object",
    "required": ["deleted", "id"],
    "properties": {"deleted": {"type": "boolean"}, "id": {"type": "integer"}},
}
LINKEDIN_ACCOUNT: Schema = {
    "type": "object",
    "properties": {
        "id": {"type": "string"},
        "name": {"type": "string"},
        "profile_url": {"type": "string"},
        "status": _words(AccountStatus),
        "is_default": {"type": "boolean"},
        "daily_task_limit": {"type": "integer"},
        "tasks_created_today": {"type": "integer"},
        "created_at": _TIME,
    },
}
LINKEDIN_ACCOUNT["required"] = list(LINKEDIN_ACCOUNT["properties"])
ERROR: Schema = {
    "type": "object",
    "required": ["error", "code", "request_id", "doc_url"],
    "properties": {
        "error": {"type": "string", "description": "A sentence for people."},
        "code": {"type": "string", "description": "A stable word for programs."},
        "details": {
            "type": "array",
            "description": "Every bad field at once, up to 100.",
            "maxItems": MAX_DETAILS,
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
        "request_id": {"type": "string"},
        "doc_url": {
            "type": "string",
            "format": "uri-reference",
            "description": "The page that explains the code.",
            "examples": ["/docs/errors#invalid_request"],
        },
    },
}
EVENT: Schema = {
    "type": "object",
    "required": ["event", "data", "timestamp"],
    "properties": {
        "event": _words(WebhookEvent),
        "data": {
            "type": "object",
            "required": ["task_id", "action_type", "status", "result", "linkedin_account_id"],
            "properties": {
                "task_id": {"type": "string"},
                "action_type": _words(ActionType),
                "status": {"type": "string", "enum": ["completed", "failed"]},
                "result": {"type": "object"},
                "linkedin_account_id": {"type": "string"},
                "test": {"type": "boolean", "description": "Only in test events; true there."},
            },
        },
        "timestamp": _TIME,
    },
}
COMPONENTS: dict[str, Schema] = {
    "Task": TASK,
    "Webhook": WEBHOOK,
    "LinkedInAccount": LINKEDIN_ACCOUNT,
    "Error": ERROR,
    "Event": EVENT,
}
