"""Live views."""

from collections.abc import AsyncGenerator

import strawberry

from app.actions.watch_deliveries import watch_deliveries
from app.actions.watch_tasks import watch_task, watch_tasks, watch_work
from app.schema.context import GraphQLInfo
from app.schema.deliveries import WebhookDelivery, delivery_of
from app.schema.tasks import Task, TaskFilter, task_of, wanted_tasks


@strawberry.type(description="There is work for these accounts.")
class TasksAvailable:
    linkedin_account_ids: list[strawberry.ID]


@strawberry.type(description="What can be watched.")
class Subscription:
    @strawberry.subscription(
        description="The task as it is now, then at every change; ends after the final one."
    )
    async def task(self, info: GraphQLInfo, id: strawberry.ID) -> AsyncGenerator[Task, None]:
        async for row in watch_task(info.context.outside, info.context.caller, id):
            yield task_of(info, row)

    @strawberry.subscription(
        description="Every change to the workspace's tasks that passes the filter."
    )
    async def task_updates(
        self, info: GraphQLInfo, filter: TaskFilter | None = None
    ) -> AsyncGenerator[Task, None]:
        wanted = wanted_tasks(filter)
        async for row in watch_tasks(info.context.outside, info.context.caller, wanted):
            yield task_of(info, row)

    @strawberry.subscription(
        description="Rings when there is work for these accounts: at once if there is some now."
    )
    async def tasks_available(
        self, info: GraphQLInfo, linkedin_account_ids: list[strawberry.ID]
    ) -> AsyncGenerator[TasksAvailable, None]:
        context = info.context
        async for ready in watch_work(context.outside, context.caller, linkedin_account_ids):
            yield TasksAvailable(linkedin_account_ids=[strawberry.ID(one) for one in ready])

    @strawberry.subscription(description="Every change to deliveries, of one webhook or of all.")
    async def delivery_updates(
        self, info: GraphQLInfo, webhook_id: int | None = None
    ) -> AsyncGenerator[WebhookDelivery, None]:
        context = info.context
        async for row in watch_deliveries(context.outside, context.caller, webhook_id):
            yield delivery_of(row)
