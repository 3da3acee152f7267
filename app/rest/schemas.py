"""JSON Schemas of requests and responses, by their names in the OpenAPI document."""

from typing import Any

from app.domain.error_codes import ERROR_CODES
from app.domain.errors import MAX_DETAILS
from app.domain.linkedin.linkedin_account import MAX_URL_LENGTH, AccountStatus
from app.domain.tasks.new_task import MAX_MESSAGE_LENGTH
from app.domain.tasks.task import ActionType, TaskStatus
from app.domain.webhooks.webhook import WebhookEvent

Schema = dict[str, Any]


def ref(name: str) -> Schema:
    """A schema that the document names."""
    return {"$ref": f"#/components/schemas/{name}"}


def _object(properties: Schema, optional: tuple[str, ...] = (), **more: object) -> Schema:
    """An object whose properties are all required, except for the optional ones."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "required": required, **more, "properties": properties}


def _request(properties: Schema, optional: tuple[str, ...] = (), **more: object) -> Schema:
    """The object of a request: what may be left out may also be null, and nothing may be added."""
    allowed = {
        name: {**field, "type": [field["type"], "null"]} if name in optional else field
        for name, field in properties.items()
    }
    return _object(allowed, optional, additionalProperties=False, **more)


def _enum(words: type[Any], description: str) -> Schema:
    return {
        "type": "string",
        "enum": [one.value for one in words],
        "description": description,
    }


def _text(description: str, **more: object) -> Schema:
    return {"type": "string", "description": description, **more}


def _integer(description: str, **more: object) -> Schema:
    return {"type": "integer", "description": description, **more}


def _flag(description: str) -> Schema:
    return {"type": "boolean", "description": description}


def _list_of(name: str, description: str, **more: object) -> Schema:
    return {"type": "array", "description": description, **more, "items": ref(name)}


def _time(description: str, *, nullable: bool = False) -> Schema:
    return {
        "type": ["string", "null"] if nullable else "string",
        "format": "date-time",
        "description": description,
        "examples": ["2026-04-02T10:30:00.000Z"],
    }


_PROFILE_URL = _text(
    "The LinkedIn profile: a URL that leads to linkedin.com/in/ and a name, with or without "
    "https://. Kept as sent.",
    maxLength=MAX_URL_LENGTH,
    examples=["https://linkedin.com/in/jane-doe"],
)
_MESSAGE = _text(
    "Required for `message` (1 to 8,000 characters), optional for `connect` (up to 300), not "
    "allowed for other actions.",
    maxLength=MAX_MESSAGE_LENGTH,
)
_PAYLOAD: Schema = {"profile_url": _PROFILE_URL, "message": _MESSAGE}
_PRIORITY: Schema = {"minimum": -100, "maximum": 100, "default": 0}
_MAX_RETRIES: Schema = {"minimum": 0, "maximum": 10, "default": 3}
_WEBHOOK_URL = _text(
    "Where events are sent. It must be a public https URL.",
    maxLength=MAX_URL_LENGTH,
    pattern="^https://",
    examples=["https://your-server.com/zenmode-webhook"],
)
_EVENTS = _list_of("EventType", "The events to send.", minItems=1, uniqueItems=True)
_CODES = ", ".join(route.rest for route in ERROR_CODES if route.rest)

_ENUMS: dict[str, Schema] = {
    "ActionType": _enum(ActionType, "What to do on LinkedIn."),
    "TaskStatus": _enum(TaskStatus, "Where the task stands."),
    "EventType": _enum(WebhookEvent, "What happened to a task."),
    "AccountStatus": _enum(AccountStatus, "Whether the account's tasks run."),
}
_TASKS: dict[str, Schema] = {
    "TaskPayload": _object(_PAYLOAD, ("message",), description="Exactly the keys that were sent."),
    "TaskError": _object(
        {
            "code": _text("A stable name, such as `profile_not_found` or `outcome_unknown`."),
            "message": _text("A sentence for people."),
        },
        ("code", "message"),
        description="Why the task failed.",
    ),
    "TaskResult": _object(
        {"success": _flag("Whether the action was performed."), "error": ref("TaskError")},
        ("success", "error"),
        description="What the agent reported. A driver may add fields.",
        additionalProperties=True,
    ),
    "CreateTaskRequest": _request(
        {
            "action_type": ref("ActionType"),
            "linkedin_account_id": _text(
                "The account that performs the action. Without it: the only account, or the "
                "default account.",
                minLength=1,
                maxLength=200,
            ),
            "payload": _request(_PAYLOAD, ("message",), description="Whom to reach."),
            "priority": _integer("Tasks with a higher priority run first.", **_PRIORITY),
            "max_retries": _integer("Attempts after the first one.", **_MAX_RETRIES),
            "scheduled_at": _time("Do not run before this time, up to a year ahead."),
        },
        ("linkedin_account_id", "priority", "max_retries", "scheduled_at"),
    ),
    "Task": _object(
        {
            "id": _text("The task's id."),
            "action_type": ref("ActionType"),
            "status": ref("TaskStatus"),
            "linkedin_account_id": _text("The account that performs the action."),
            "payload": ref("TaskPayload"),
            "priority": _integer("Tasks with a higher priority run first."),
            "max_retries": _integer("Attempts after the first one."),
            "attempts": _integer("Attempts that have begun."),
            "result": {
                "anyOf": [ref("TaskResult"), {"type": "null"}],
                "description": "Null until the task ends; null for a cancelled task.",
            },
            "scheduled_at": _time("Not run before this time.", nullable=True),
            "created_at": _time("When the task was created."),
            "updated_at": _time("When the task last changed."),
            "started_at": _time("When the last attempt began.", nullable=True),
            "completed_at": _time("When the task ended.", nullable=True),
        }
    ),
    "TaskEnvelope": _object({"task": ref("Task")}),
    "TaskList": _object(
        {
            "tasks": _list_of("Task", "Newest first."),
            "limit": _integer("Page size."),
            "offset": _integer("Tasks skipped."),
            "has_more": _flag("Whether there is another page."),
            "total": _integer("Tasks that match the filter; only with `include_total=true`."),
        },
        ("total",),
    ),
}
_WEBHOOK_FIELDS: Schema = {
    "id": _integer("The webhook's id."),
    "url": _text("Where events are sent."),
    "events": _list_of("EventType", "The events that are sent."),
    "enabled": _flag("Whether events are sent."),
    "disabled_reason": {
        "type": ["string", "null"],
        "description": "Why it is switched off; null while it is on.",
    },
    "created_at": _time("When the webhook was created."),
}
_WEBHOOKS: dict[str, Schema] = {
    "CreateWebhookRequest": _request({"url": _WEBHOOK_URL, "events": _EVENTS}),
    "UpdateWebhookRequest": _request(
        {
            "url": _WEBHOOK_URL,
            "events": _EVENTS,
            "enabled": _flag(
                "`true` switches it on again; deliveries that are pending are then sent."
            ),
        },
        ("url", "events", "enabled"),
    ),
    "Webhook": _object(_WEBHOOK_FIELDS),
    "WebhookWithSecret": _object(
        {
            **_WEBHOOK_FIELDS,
            "secret": _text("Signs every request to you. Shown only in this response."),
        }
    ),
    "WebhookEnvelope": _object({"webhook": ref("Webhook")}),
    "WebhookWithSecretEnvelope": _object({"webhook": ref("WebhookWithSecret")}),
    "WebhookList": _object({"webhooks": _list_of("Webhook", "All webhooks of the workspace.")}),
    "DeletedWebhook": _object(
        {"deleted": _flag("Always true."), "id": _integer("The id of the deleted webhook.")}
    ),
    "WebhookEventData": _object(
        {
            "task_id": _text("The task's id."),
            "action_type": ref("ActionType"),
            "status": _text("How the task ended.", enum=["completed", "failed"]),
            "result": ref("TaskResult"),
            "linkedin_account_id": _text("The account of the task."),
            "test": _flag("Only in test events, where it is true."),
        },
        ("test",),
    ),
    "WebhookEvent": _object(
        {
            "event": ref("EventType"),
            "data": ref("WebhookEventData"),
            "timestamp": _time("When it happened."),
        }
    ),
}
_ACCOUNTS: dict[str, Schema] = {
    "LinkedInAccount": _object(
        {
            "id": _text("The account's id."),
            "name": _text("A name for people."),
            "profile_url": _text("The account's own profile."),
            "status": ref("AccountStatus"),
            "is_default": _flag("Whether tasks without an account go to this one."),
            "daily_task_limit": _integer("Tasks that may be created for it in a day (UTC)."),
            "tasks_created_today": _integer("Tasks created for it today (UTC)."),
            "created_at": _time("When the account was connected."),
        }
    ),
    "LinkedInAccountList": _object(
        {"linkedin_accounts": _list_of("LinkedInAccount", "All accounts of the workspace.")}
    ),
}
_ERRORS: dict[str, Schema] = {
    "ErrorDetail": _object(
        {"field": _text("The field, dotted: `payload.message`."), "message": _text("The problem.")}
    ),
    "Error": _object(
        {
            "error": _text("A sentence for people."),
            "code": _text(f"A stable name for programs. Known today: {_CODES}."),
            "details": _list_of(
                "ErrorDetail", "Every wrong field, at most 100.", maxItems=MAX_DETAILS
            ),
            "request_id": _text("The id of the request, for support."),
            "doc_url": _text(
                "The page that explains the code.",
                format="uri-reference",
                examples=["/docs/errors#invalid_request"],
            ),
        },
        ("details",),
    ),
}
COMPONENTS: dict[str, Schema] = {**_ENUMS, **_TASKS, **_WEBHOOKS, **_ACCOUNTS, **_ERRORS}
