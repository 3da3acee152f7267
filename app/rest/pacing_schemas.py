"""JSON Schemas of limits, of waiting tasks and of forecasts, by their names in OpenAPI."""

from typing import Final

from app.domain.pacing.limits import LimitWindow
from app.domain.pacing.locks import ProviderLimitCode
from app.domain.pacing.waiting import WaitingCode
from app.domain.tasks.new_task import MAX_TASKS_AT_ONCE
from app.rest.request_schemas import Schema, ref
from app.rest.schema_kinds import (
    enum_of,
    flag,
    integer,
    kind_or_null,
    list_of,
    object_of,
    text,
    time,
    word_of,
)

PACING_SCHEMAS: Final[dict[str, Schema]] = {
    "LimitWindow": enum_of(LimitWindow, "24 hours, or 7 times 24 hours."),
    "ProviderLimitCode": enum_of(ProviderLimitCode, "Why LinkedIn stopped the account."),
    "WaitingCode": enum_of(WaitingCode, "Why a task does not run."),
    "WaitingReason": object_of(
        {
            "code": word_of("WaitingCode", "Why the task does not run."),
            "message": text("A sentence for people."),
            "until": time("When it ends; null if that is not known.", nullable=True),
            "task_id": text("The task that runs now."),
            "count": integer("How many tasks go first."),
        },
        ("task_id", "count"),
    ),
    "ForecastRequest": object_of(
        {
            "tasks": {
                "type": "array",
                "description": "The tasks. What creating one would refuse is a problem in the "
                "response, so any object may be sent.",
                "minItems": 1,
                "maxItems": MAX_TASKS_AT_ONCE,
                "items": {
                    "anyOf": [ref("CreateTaskRequest"), {"type": "object"}],
                    "description": "A task, as it would be created.",
                },
            }
        },
        additionalProperties=False,
    ),
    "Forecast": object_of(
        {
            "tasks": list_of("ForecastTask", "When each task would begin."),
            "days": list_of("ForecastDay", "How many would begin on which day."),
            "finishes_at": time(
                "When the last one would begin; null if that cannot be said.", nullable=True
            ),
            "problems": list_of("ForecastProblem", "What creating the tasks would refuse."),
        }
    ),
    "ForecastTask": object_of(
        {
            "index": integer("The task's place in the request, from 0."),
            "starts_at": time(
                "When it would begin; null if it would be refused, or cannot be said.",
                nullable=True,
            ),
        }
    ),
    "ForecastDay": object_of(
        {
            "date": text("The day in the account's time zone, else UTC.", format="date"),
            "linkedin_account_id": text("The account."),
            "action_type": word_of("ActionType", "What to do on LinkedIn."),
            "count": integer("How many tasks would begin."),
        }
    ),
    "ForecastProblem": object_of(
        {
            "index": integer("The task's place in the request, from 0."),
            "field": text("The field, dotted: `payload.message`."),
            "message": text("The problem."),
        }
    ),
    "AccountLimits": object_of(
        {
            "pacing": flag("Whether the account's limits, gaps and hours hold."),
            "is_open": flag("Whether its hours allow an action now."),
            "opens_at": time("When they do; null if now.", nullable=True),
            "limits": list_of("ActionLimit", "Empty if the account is not paced."),
            "locks": list_of("ProviderLock", "LinkedIn's own stops that hold now."),
        }
    ),
    "ActionLimit": object_of(
        {
            "action_type": kind_or_null("Null: all kinds together."),
            "window": word_of("LimitWindow", "24 hours, or 7 times 24 hours."),
            "limit": integer("How many may begin in the window; includes the ramp of today."),
            "used": integer("How many count in the window now."),
            "remaining": integer("How many more may begin."),
            "reset_at": time("When `remaining` next grows.", nullable=True),
            "next_allowed_at": time(
                "When the next action of the kind may begin; null for now.", nullable=True
            ),
        }
    ),
    "ProviderLock": object_of(
        {
            "action_type": kind_or_null("Null: the whole account."),
            "code": word_of("ProviderLimitCode", "Why LinkedIn stopped the account."),
            "until": time("When it ends."),
        }
    ),
}
