"""The mutations of agents: claim, start, renew, complete, fail, release."""

import strawberry

from app.actions.leases.claim_tasks import claim_tasks
from app.actions.leases.complete_task import complete_task
from app.actions.leases.fail_task import fail_task
from app.actions.leases.release_task import release_task
from app.actions.leases.renew_leases import renew_leases
from app.actions.leases.start_task import start_task
from app.domain.leases.lease import (
    MAX_CLAIM,
    MAX_LEASE_SECONDS,
    MIN_LEASE_SECONDS,
    Completion,
    Failure,
    Lease,
    LeaseRenewal,
    TaskClaim,
)
from app.domain.pacing.pacing_inputs import ProviderLimit
from app.models.tasks.task_rows import TaskRow
from app.schema.context import GraphQLInfo
from app.schema.tasks import Task, task_of, tasks_of
from app.schema.types.inputs import input_of, validated
from app.schema.types.scalars import Milliseconds


@strawberry.type(description="A task that an agent holds, until the lease runs out.")
class TaskLease:
    task: Task
    lease_token: str
    lease_expires_at: Milliseconds


def _leases_of(info: GraphQLInfo, rows: list[TaskRow]) -> list[TaskLease]:
    return [
        TaskLease(
            task=task,
            lease_token=task.row.lease_token or "",
            lease_expires_at=Milliseconds(task.row.lease_expires_at or 0),
        )
        for task in tasks_of(info, rows)
    ]


@input_of(
    TaskClaim,
    "Whose tasks to take (of no account named: of all the workspace's), how many "
    f"(1 to {MAX_CLAIM}), for how long ({MIN_LEASE_SECONDS} to {MAX_LEASE_SECONDS} s).",
)
class ClaimTasksInput:
    pass


@strawberry.input(description="A task and the token under which it is held.")
class LeaseInput:
    task_id: strawberry.ID
    lease_token: str


@input_of(
    LeaseRenewal,
    f"Leases to keep, and for how long from now ({MIN_LEASE_SECONDS} to {MAX_LEASE_SECONDS} s).",
)
class RenewLeasesInput:
    leases: list[LeaseInput]


@input_of(
    Completion,
    "The action was performed; result is an object or nothing. performed: false if there was "
    "nothing to do, such as an invitation to a contact: it counts against no limit.",
)
class CompleteTaskInput:
    task_id: strawberry.ID
    lease_token: str
    result = None


@input_of(
    ProviderLimit,
    "LinkedIn's own stop of this kind of action, or of the whole account; until when, if it said.",
)
class ProviderLimitInput:
    pass


@input_of(Failure, "The action failed; a retryable failure is tried again by the rules.")
class FailTaskInput:
    task_id: strawberry.ID
    lease_token: str
    retry_after_seconds = None


@strawberry.type(description="The claimed tasks, highest priority first, then oldest.")
class ClaimTasksPayload:
    leases: list[TaskLease]


@strawberry.type(description="The lease of a task that was started.")
class StartTaskPayload:
    lease: TaskLease


@strawberry.type(description="The leases that go on, and the ids of tasks no longer held.")
class RenewLeasesPayload:
    renewed: list[TaskLease]
    lost: list[strawberry.ID]


@strawberry.type(description="A completed task.")
class CompleteTaskPayload:
    task: Task


@strawberry.type(description="A task after a failure: pending again, or failed.")
class FailTaskPayload:
    task: Task


@strawberry.type(description="A task that was returned.")
class ReleaseTaskPayload:
    task: Task


@strawberry.type
class LeaseMutation:
    @strawberry.mutation(description="For agents: claim tasks under a lease.")
    async def claim_tasks(self, info: GraphQLInfo, input: ClaimTasksInput) -> ClaimTasksPayload:
        wish = validated(info, TaskClaim, input)
        rows = await claim_tasks(info.context.services, info.context.caller, wish)
        return ClaimTasksPayload(leases=_leases_of(info, rows))

    @strawberry.mutation(description="For agents: start a claimed task.")
    async def start_task(self, info: GraphQLInfo, input: LeaseInput) -> StartTaskPayload:
        row = await start_task(info.context.services, info.context.caller, _lease(input))
        return StartTaskPayload(lease=_leases_of(info, [row])[0])

    @strawberry.mutation(description="For agents: renew leases.")
    async def renew_leases(self, info: GraphQLInfo, input: RenewLeasesInput) -> RenewLeasesPayload:
        wish = validated(info, LeaseRenewal, input)
        renewal = await renew_leases(info.context.services, info.context.caller, wish)
        return RenewLeasesPayload(
            renewed=_leases_of(info, renewal.renewed),
            lost=[strawberry.ID(one) for one in renewal.lost],
        )

    @strawberry.mutation(description="For agents: report that the action was performed.")
    async def complete_task(
        self, info: GraphQLInfo, input: CompleteTaskInput
    ) -> CompleteTaskPayload:
        context = info.context
        completion = validated(info, Completion, input)
        row = await complete_task(context.services, context.caller, _lease(input), completion)
        return CompleteTaskPayload(task=task_of(info, row))

    @strawberry.mutation(description="For agents: report that the action failed.")
    async def fail_task(self, info: GraphQLInfo, input: FailTaskInput) -> FailTaskPayload:
        context = info.context
        failure = validated(info, Failure, input)
        row = await fail_task(context.services, context.caller, _lease(input), failure)
        return FailTaskPayload(task=task_of(info, row))

    @strawberry.mutation(description="For agents: return a claimed task that was not started.")
    async def release_task(self, info: GraphQLInfo, input: LeaseInput) -> ReleaseTaskPayload:
        row = await release_task(info.context.services, info.context.caller, _lease(input))
        return ReleaseTaskPayload(task=task_of(info, row))


def _lease(input: LeaseInput | CompleteTaskInput | FailTaskInput) -> Lease:
    return Lease(input.task_id, input.lease_token)
