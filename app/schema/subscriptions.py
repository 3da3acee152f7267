"""Live views.

What one caller sees of one change is one object, however many subscriptions it has, and what it
looks like in an answer is worked out once for each distinct document and variables. Another caller,
even of the same workspace, has an object of its own: it may do other things with a task.
"""

from collections.abc import AsyncGenerator, Callable
from typing import TypeVar

import strawberry

from app.actions.deliveries.watch_deliveries import watch_deliveries
from app.actions.leases.watch_work import watch_work
from app.actions.tasks.watch_tasks import watch_task, watch_tasks
from app.domain.shared_change import SharedChange
from app.gateways.throttled_log import ThrottledLog
from app.models.tables.webhook import Delivery
from app.schema.context import GraphQLInfo
from app.schema.deliveries import WebhookDelivery, delivery_of
from app.schema.task_filter import TaskFilter, wanted_tasks
from app.schema.tasks import Task, task_of

Row = TypeVar("Row")
Shown = TypeVar("Shown")

_unshowable = ThrottledLog("a change could not be shown")


def shown_to_caller(
    info: GraphQLInfo, seen: SharedChange[Row], show: Callable[[GraphQLInfo, Row], Shown]
) -> Shown | None:
    """What this caller is shown of a change, in all of its subscriptions; None if it cannot be."""
    key = (show, info.context.caller)
    if key not in seen.memo:
        try:
            seen.memo[key] = show(info, seen.row)
        except Exception as error:
            # The next release may write words that this one has none for: the view goes on.
            _unshowable.warn(error=type(error).__name__)
            seen.memo[key] = None
    shown: Shown | None = seen.memo[key]
    return shown


def _delivery_of(_info: GraphQLInfo, row: Delivery) -> WebhookDelivery:
    return delivery_of(row)


@strawberry.type(description="These accounts have tasks that can be claimed.")
class TasksAvailable:
    linkedin_account_ids: list[strawberry.ID]


@strawberry.type(
    description="Follow changes live, over WebSocket, server-sent events or multipart responses."
)
class Subscription:
    @strawberry.subscription(
        description="The task as it is now, then at every change; ends after the final one."
    )
    async def task(self, info: GraphQLInfo, id: strawberry.ID) -> AsyncGenerator[Task, None]:
        async for seen in watch_task(info.context.services, info.context.caller, id):
            if (shown := shown_to_caller(info, seen, task_of)) is not None:
                yield shown

    @strawberry.subscription(
        description="Every change to the workspace's tasks that passes the filter."
    )
    async def task_updates(
        self, info: GraphQLInfo, filter: TaskFilter | None = None
    ) -> AsyncGenerator[Task, None]:
        wanted = wanted_tasks(filter)
        async for seen in watch_tasks(info.context.services, info.context.caller, wanted):
            if (shown := shown_to_caller(info, seen, task_of)) is not None:
                yield shown

    @strawberry.subscription(
        description="Rings when there is work for these accounts, or, if none is named, for any of "
        "the workspace's: at once if there is some now."
    )
    async def tasks_available(
        self, info: GraphQLInfo, linkedin_account_ids: list[strawberry.ID]
    ) -> AsyncGenerator[TasksAvailable, None]:
        context = info.context
        async for ready in watch_work(context.services, context.caller, linkedin_account_ids):
            yield TasksAvailable(linkedin_account_ids=[strawberry.ID(one) for one in ready])

    @strawberry.subscription(description="Every change to deliveries, of one webhook or of all.")
    async def delivery_updates(
        self, info: GraphQLInfo, webhook_id: int | None = None
    ) -> AsyncGenerator[WebhookDelivery, None]:
        context = info.context
        async for seen in watch_deliveries(context.services, context.caller, webhook_id):
            if (shown := shown_to_caller(info, seen, _delivery_of)) is not None:
                yield shown
