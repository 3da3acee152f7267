"""JSON Schemas by their names in the OpenAPI document."""

from app.domain.error_codes import rest_codes
from app.domain.errors import MAX_DETAILS
from app.domain.linkedin.linkedin_account import AccountStatus
from app.domain.tasks.new_task import NewTask, TaskPayload
from app.domain.tasks.task import ActionType, TaskStatus
from app.domain.webhooks.webhook import NewWebhook, WebhookChange, WebhookEvent
from app.rest.pacing_schemas import PACING_SCHEMAS
from app.rest.request_schemas import Schema, field_schemas, ref, request_schema
from app.rest.schema_kinds import (
    enum_of,
    flag,
    integer,
    list_of,
    object_of,
    text,
    time,
    word_of,
)

_ENUMS: dict[str, Schema] = {
    "ActionType": enum_of(ActionType, "What to do on LinkedIn."),
    "TaskStatus": enum_of(TaskStatus, "Where the task stands."),
    "EventType": enum_of(WebhookEvent, "What happened to a task."),
    "AccountStatus": enum_of(AccountStatus, "Whether the account's tasks run."),
}
_TASKS: dict[str, Schema] = {
    "TaskPayload": object_of(
        field_schemas(TaskPayload), ("message",), description="Exactly the keys that were sent."
    ),
    "TaskError": object_of(
        {
            "code": text("A stable name, such as `profile_not_found` or `outcome_unknown`."),
            "message": text("A sentence for people."),
        },
        ("code", "message"),
        description="Why the task failed.",
    ),
    "TaskResult": object_of(
        {"success": flag("Whether the action was performed."), "error": ref("TaskError")},
        ("success", "error"),
        description="What the agent reported. A driver may add fields.",
        additionalProperties=True,
    ),
    "CreateTaskRequest": request_schema(NewTask),
    "Task": object_of(
        {
            "id": text("The task's id."),
            "action_type": word_of("ActionType", "What to do on LinkedIn."),
            "status": word_of("TaskStatus", "Where the task stands."),
            "linkedin_account_id": text("The account that performs the action."),
            "payload": ref("TaskPayload"),
            "priority": integer("Tasks with a higher priority run first."),
            "max_retries": integer("Attempts after the first one."),
            "attempts": integer("Attempts that were started."),
            "result": {
                "anyOf": [ref("TaskResult"), {"type": "null"}],
                "description": "Null until the task ends; null for a cancelled task.",
            },
            "scheduled_at": time("Not run before this time.", nullable=True),
            "created_at": time("When the task was created."),
            "updated_at": time("When the task last changed."),
            "started_at": time("When the last attempt began.", nullable=True),
            "completed_at": time("When the task ended.", nullable=True),
            "waiting": list_of(
                "WaitingReason",
                "Every reason that stops it, longest first; only with `include=waiting`.",
            ),
            "estimated_start_at": time(
                "When it will begin, if nothing changes; null if that cannot be said. Only with "
                "`include=waiting`.",
                nullable=True,
            ),
        },
        ("waiting", "estimated_start_at"),
    ),
    "TaskEnvelope": object_of({"task": ref("Task")}),
    "TaskList": object_of(
        {
            "tasks": list_of("Task", "Newest first."),
            "limit": integer("Page size."),
            "offset": integer("Tasks skipped."),
            "has_more": flag("Whether there is another page."),
            "total": integer("Tasks that match the filter; only with `include_total=true`."),
        },
        ("total",),
    ),
}
_WEBHOOK_FIELDS: Schema = {
    "id": integer("The webhook's id."),
    "url": text("Where events are sent."),
    "events": {
        "type": "array",
        "description": "The events that are sent.",
        "items": word_of("EventType", "What happened to a task."),
    },
    "enabled": flag("Whether events are sent."),
    "disabled_reason": {
        "type": ["string", "null"],
        "description": "Why it is switched off; null while it is on.",
    },
    "created_at": time("When the webhook was created."),
}
_WEBHOOKS: dict[str, Schema] = {
    "CreateWebhookRequest": request_schema(NewWebhook),
    "UpdateWebhookRequest": request_schema(WebhookChange),
    "Webhook": object_of(_WEBHOOK_FIELDS),
    "WebhookWithSecret": object_of(
        {
            **_WEBHOOK_FIELDS,
            "secret": text("Signs every request to you. Shown only in this response."),
        }
    ),
    "WebhookEnvelope": object_of({"webhook": ref("Webhook")}),
    "WebhookWithSecretEnvelope": object_of({"webhook": ref("WebhookWithSecret")}),
    "WebhookList": object_of({"webhooks": list_of("Webhook", "All webhooks of the workspace.")}),
    "DeletedWebhook": object_of(
        {"deleted": flag("Always true."), "id": integer("The id of the deleted webhook.")}
    ),
    "WebhookEventData": object_of(
        {
            "task_id": text("The task's id."),
            "action_type": word_of("ActionType", "What was to be done on LinkedIn."),
            "status": word_of("TaskStatus", "How the task ended: `completed` or `failed`."),
            "result": ref("TaskResult"),
            "linkedin_account_id": text("The account of the task."),
            "test": flag("Only in test events, where it is true."),
        },
        ("test",),
    ),
    "WebhookEvent": object_of(
        {
            "event": word_of("EventType", "What happened."),
            "data": ref("WebhookEventData"),
            "timestamp": time("When it happened."),
        }
    ),
}
_ACCOUNTS: dict[str, Schema] = {
    "LinkedInAccount": object_of(
        {
            "id": text("The account's id."),
            "name": text("A name for people."),
            "profile_url": text("The account's own profile."),
            "status": word_of("AccountStatus", "Whether the account's tasks run."),
            "is_default": flag("Whether tasks without an account go to this one."),
            "daily_task_limit": integer("Tasks that may be created for it in a day (UTC)."),
            "tasks_created_today": integer("Tasks created for it today (UTC)."),
            "created_at": time("When the account was connected."),
        }
    ),
    "LinkedInAccountList": object_of(
        {"linkedin_accounts": list_of("LinkedInAccount", "All accounts of the workspace.")}
    ),
}
_ERRORS: dict[str, Schema] = {
    "KnownErrorCode": {
        "type": "string",
        "enum": list(rest_codes()),
        "description": "The error codes of this version.",
    },
    "ErrorCode": word_of(
        "KnownErrorCode",
        "A stable name for programs. More codes may be added: treat a code that you do not know "
        "by its HTTP status.",
    ),
    "ErrorDetail": object_of(
        {"field": text("The field, dotted: `payload.message`."), "message": text("The problem.")}
    ),
    "Error": object_of(
        {
            "error": text("A sentence for people."),
            "code": ref("ErrorCode"),
            "details": list_of(
                "ErrorDetail", "Every wrong field, at most 100.", maxItems=MAX_DETAILS
            ),
            "request_id": text("The id of the request, for support."),
            "doc_url": text(
                "The page that explains the code.",
                format="uri-reference",
                examples=["/docs/errors#invalid_request"],
            ),
        },
        ("details",),
    ),
}
COMPONENTS: dict[str, Schema] = {
    **_ENUMS,
    **_TASKS,
    **_WEBHOOKS,
    **_ACCOUNTS,
    **PACING_SCHEMAS,
    **_ERRORS,
}
