"""JSON Schemas by their names in the OpenAPI document."""

from typing import Any

from app.domain.error_codes import rest_codes
from app.domain.errors import MAX_DETAILS
from app.domain.linkedin.linkedin_account import AccountStatus
from app.domain.tasks.new_task import NewTask, TaskPayload
from app.domain.tasks.task import ActionType, TaskStatus
from app.domain.webhooks.webhook import NewWebhook, WebhookChange, WebhookEvent
from app.rest.request_schemas import TIME_EXAMPLE, Schema, field_schemas, ref, request_schema


def _object(properties: Schema, optional: tuple[str, ...] = (), **more: object) -> Schema:
    """An object whose properties are all required, except for the optional ones."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "required": required, **more, "properties": properties}


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
        "examples": [TIME_EXAMPLE],
    }


_ENUMS: dict[str, Schema] = {
    "ActionType": _enum(ActionType, "What to do on LinkedIn."),
    "TaskStatus": _enum(TaskStatus, "Where the task stands."),
    "EventType": _enum(WebhookEvent, "What happened to a task."),
    "AccountStatus": _enum(AccountStatus, "Whether the account's tasks run."),
}
_TASKS: dict[str, Schema] = {
    "TaskPayload": _object(
        field_schemas(TaskPayload), ("message",), description="Exactly the keys that were sent."
    ),
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
    "CreateTaskRequest": request_schema(NewTask),
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
    "CreateWebhookRequest": request_schema(NewWebhook),
    "UpdateWebhookRequest": request_schema(WebhookChange),
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
    "KnownErrorCode": {
        "type": "string",
        "enum": list(rest_codes()),
        "description": "The error codes of this version.",
    },
    # Open, so that a client generated from this version can read the codes of later ones.
    "ErrorCode": {
        "anyOf": [ref("KnownErrorCode"), {"type": "string"}],
        "description": "A stable name for programs. More codes may be added: treat a code that "
        "you do not know by its HTTP status.",
    },
    "ErrorDetail": _object(
        {"field": _text("The field, dotted: `payload.message`."), "message": _text("The problem.")}
    ),
    "Error": _object(
        {
            "error": _text("A sentence for people."),
            "code": ref("ErrorCode"),
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
