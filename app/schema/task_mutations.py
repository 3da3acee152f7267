"""Mutations that create, cancel and retry tasks."""

import strawberry

from app.actions.tasks.cancel_task import cancel_task
from app.actions.tasks.create_tasks import create_task, create_tasks
from app.actions.tasks.retry_task import retry_task
from app.domain.access.caller import require
from app.domain.tasks.new_task import NewTask, TaskPayload, read_new_tasks
from app.schema.context import GraphQLInfo
from app.schema.tasks import Task, task_of, tasks_of
from app.schema.types.inputs import input_of, raw_of, validated


@input_of(TaskPayload, "The profile to act on, and the text to send.")
class TaskPayloadInput:
    pass


@input_of(NewTask, "A task to create.")
class CreateTaskInput:
    pass


@strawberry.type(
    description="The task; replayed: an earlier request with the same key had created it."
)
class CreateTaskPayload:
    task: Task
    replayed: bool


@strawberry.type(description="The tasks of a batch, in the order of its inputs.")
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
    @strawberry.mutation(description="Create a task.")
    async def create_task(self, info: GraphQLInfo, input: CreateTaskInput) -> CreateTaskPayload:
        context = info.context
        new_task = validated(info, NewTask, input)
        created = await create_task(context.services, context.caller, new_task)
        return CreateTaskPayload(task=task_of(info, created.task), replayed=created.replayed)

    @strawberry.mutation(description="Create 1 to 100 tasks, all or none.")
    async def create_tasks(
        self, info: GraphQLInfo, inputs: list[CreateTaskInput]
    ) -> CreateTasksPayload:
        context = info.context
        require(context.caller, NewTask.senders)
        sent = [raw_of(one, NewTask) for one in inputs]
        new_tasks = read_new_tasks(sent, context.services.now())
        created = await create_tasks(context.services, context.caller, new_tasks)
        return CreateTasksPayload(tasks=tasks_of(info, [one.task for one in created]))

    @strawberry.mutation(description="Cancel a task that no agent has started.")
    async def cancel_task(self, info: GraphQLInfo, id: strawberry.ID) -> CancelTaskPayload:
        row = await cancel_task(info.context.services, info.context.caller, id)
        return CancelTaskPayload(task=task_of(info, row))

    @strawberry.mutation(
        description="Retry a failed task as a new task that names it. "
        "confirmUnknown: also if it is unknown whether it was performed."
    )
    async def retry_task(
        self, info: GraphQLInfo, id: strawberry.ID, confirm_unknown: bool = False
    ) -> RetryTaskPayload:
        context = info.context
        row = await retry_task(
            context.services, context.caller, id, confirm_unknown=confirm_unknown
        )
        return RetryTaskPayload(task=task_of(info, row))
