"""Which tasks a list holds."""

import strawberry

from app.domain.tasks.profile_search import read_profile_search
from app.domain.tasks.task_filter import TaskFilter as WantedTasks
from app.domain.tasks.task_filter import TaskTimes
from app.domain.times import ms_from_rfc3339
from app.schema.types.enums import ActionType, TaskStatus
from app.schema.types.scalars import TimeText


@strawberry.input(description="Which tasks are wanted; left out or null wants all.")
class TaskFilter:
    statuses: list[TaskStatus] | None = strawberry.UNSET
    linkedin_account_id: strawberry.ID | None = strawberry.UNSET
    action_type: ActionType | None = strawberry.UNSET
    profile_url: str | None = strawberry.field(
        default=strawberry.UNSET, description="The URL of a profile, or its part after `/in/`."
    )
    created_after: TimeText | None = strawberry.field(
        default=strawberry.UNSET, description="Created at this time or later."
    )
    created_before: TimeText | None = strawberry.field(
        default=strawberry.UNSET, description="Created before this time."
    )
    scheduled_after: TimeText | None = strawberry.field(
        default=strawberry.UNSET, description="Scheduled for this time or later."
    )


def wanted_tasks(sent: TaskFilter | None) -> WantedTasks:
    """The filter as the domain reads it."""
    if sent is None:
        return WantedTasks()
    has_statuses = sent.statuses is not None and sent.statuses is not strawberry.UNSET
    return WantedTasks(
        statuses=tuple(dict.fromkeys(sent.statuses or ())) if has_statuses else None,
        linkedin_account_id=sent.linkedin_account_id or None,
        action_type=sent.action_type or None,
        profile=read_profile_search(sent.profile_url) if sent.profile_url else None,
        times=TaskTimes(
            created_after=_sent_time(sent.created_after),
            created_before=_sent_time(sent.created_before),
            scheduled_after=_sent_time(sent.scheduled_after),
        ),
    )


def _sent_time(sent: TimeText | None) -> int | None:
    return ms_from_rfc3339(sent) if sent else None
