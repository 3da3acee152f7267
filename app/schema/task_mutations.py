"""Ordering tasks, cancelling them, retrying them."""

import strawberry

from app.actions.tasks.cancel_task import cancel_task
from app.actions.tasks.create_tasks import create_task, create_tasks
from app.actions.tasks.retry_task import retry_task
from app.schema.context import GraphQLInfo
from app.schema.enums import ActionType
from app.schema.inputs import raw_of
from app.schema.scalars import TimeText
from app.schema.tasks import Task, task_of, tasks_of


@strawberry.input(description="Whom to act on, and what to say.")
class TaskPayloadInput:
    profile_url: str
    message: str | None = strawberry.UNSET


@strawberry.input(description="An order for a task.")
class CreateTaskInput:
    action_type: ActionType
    linkedin_account_id: strawberry.ID | None = strawberry.UNSET
    payload: TaskPayloadInput
    priority: int = 0
    max_retries: int = 3
    scheduled_at: TimeText | None = strawberry.UNSET
    idempotency_key: str | None = strawberry.UNSET


@strawberry.type(description="The task of an order; replayed when an earlier order had made it.")
class CreateTaskPayload:
    task: Task
    replayed: bool


@strawberry.type(description="The tasks of a batch of orders, in their order.")
class CreateTasksPayload:
    tasks: list[Task]


@strawberry.type(description="A task that was cancelled.")
class CancelTaskPayload:
    task: Task


@strawberry.type(description="The new task; it names the failed one in retryOf.")
class RetryTaskPayload:
    task: Task


@strawberry.type
class TaskMutation:
    @strawberry.mutation(description="Order a task.")
    async def create_task(self, info: GraphQLInfo, input: CreateTaskInput) -> CreateTaskPayload:
        context = info.context
        placed = await create_task(context.services, context.caller, raw_of(input))
        return CreateTaskPayload(task=task_of(info, placed.task), replayed=placed.replayed)

    @strawberry.mutation(description="Order 1 to 100 tasks, all or nothing.")
    async def create_tasks(
        self, info: GraphQLInfo, inputs: list[CreateTaskInput]
    ) -> CreateTasksPayload:
        context = info.context
        raws = [raw_of(one) for one in inputs]
        placed = await create_tasks(context.services, context.caller, raws)
        return CreateTasksPayload(tasks=tasks_of(info, [one.task for one in placed]))

    @strawberry.mutation(description="Cancel a task that no desktop app has begun.")
    async def cancel_task(self, info: GraphQLInfo, id: strawberry.ID) -> CancelTaskPayload:
        row = await cancel_task(info.context.services, info.context.caller, id)
        return CancelTaskPayload(task=task_of(info, row))

    @strawberry.mutation(
        description="Order a failed task once more, as a new task that names it. "
        "confirmUnknown: also when nobody knows whether it was carried out."
    )
    async def retry_task(
        self, info: GraphQLInfo, id: strawberry.ID, confirm_unknown: bool = False
    ) -> RetryTaskPayload:
        context = info.context
        row = await retry_task(
            context.services, context.caller, id, confirm_unknown=confirm_unknown
        )
        return RetryTaskPayload(task=task_of(info, row))
