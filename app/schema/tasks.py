"""Tasks and lists of tasks."""

import json
from dataclasses import dataclass
from typing import Any

import strawberry

from app.actions.linkedin_accounts import read_linkedin_accounts as read_accounts
from app.actions.pacing import read_pacing
from app.actions.pacing.read_pacing import Waiting
from app.actions.tasks import read_tasks
from app.actions.webhooks import read_webhooks
from app.domain.tasks.message_template import unfilled_template
from app.domain.tasks.task_warning import TaskWarning as DomainWarning
from app.graphql_engine.field_rules import list_length
from app.graphql_engine.lazy_batch import LazyBatch
from app.graphql_engine.plans.row_view import RowView
from app.models.tasks.task_rows import COLUMNS, AttemptRow, TaskRow
from app.schema.context import GraphQLInfo
from app.schema.deliveries import WebhookDelivery, deliveries_of
from app.schema.linkedin_accounts import LinkedInAccount, accounts_of
from app.schema.pacing import MOST_REASONS, WaitingReason, reason_of
from app.schema.task_filter import TaskFilter, wanted_tasks
from app.schema.types.enums import ActionType, AttemptOutcome, TaskAction, TaskStatus
from app.schema.types.relay import Node, PageInfo, cursor_of, page_info, seq_of
from app.schema.types.scalars import JsonText, Milliseconds, optional_time

_MOST_ATTEMPTS = 11
_MOST_DELIVERIES = 20
_MOST_WARNINGS = 5


@strawberry.type(description="One claim of a task by an agent, and its outcome.")
class TaskAttempt:
    number: int
    outcome: AttemptOutcome
    agent_id: strawberry.ID | None
    claimed_at: Milliseconds
    started_at: Milliseconds | None
    finished_at: Milliseconds | None
    error: JsonText | None
    late_report: JsonText | None = strawberry.field(
        description="What the agent reported when the task was already final."
    )
    is_dry_run: bool = strawberry.field(
        description="The agent performed nothing on LinkedIn: it had announced a dry run."
    )


@strawberry.type(
    description="Something about a task that was accepted, and may not be what you meant."
)
class TaskWarning:
    code: str = strawberry.field(description="A stable word: UNFILLED_TEMPLATE.")
    message: str
    task_id: strawberry.ID | None = strawberry.field(description="Another task that it is about.")


@strawberry.type(description="Why a task failed: `result.error` in a typed form.")
class TaskError:
    code: str = strawberry.field(
        description="A stable name, such as `profile_not_found` or `outcome_unknown`."
    )
    message: str = strawberry.field(description="A sentence for people.")


@dataclass(frozen=True, slots=True)
class Siblings:
    """What is read once for all the tasks of a response."""

    accounts: LazyBatch[dict[str, LinkedInAccount]]
    actions: LazyBatch[dict[str, list[TaskAction]]]
    retries: LazyBatch[dict[str, str]]
    waiting: LazyBatch[dict[str, Waiting]]


@strawberry.type(description="A LinkedIn action that somebody created.")
class Task(RowView, Node):
    action_type: ActionType
    status: TaskStatus
    linkedin_account_id: strawberry.ID
    payload: JsonText = strawberry.field(
        description="The payload with REST's names; typed: `profileUrl` and `message`."
    )
    priority: int
    max_retries: int
    attempt_count: int = strawberry.field(description="The number of attempts that began.")
    result: JsonText | None = strawberry.field(
        description="What the agent reported; typed: `error`. Null until the task ends."
    )
    retry_of: strawberry.ID | None
    scheduled_at: Milliseconds | None
    created_at: Milliseconds
    updated_at: Milliseconds
    started_at: Milliseconds | None
    completed_at: Milliseconds | None
    row: strawberry.Private[TaskRow]
    siblings: strawberry.Private[Siblings]
    columns = COLUMNS

    def __init__(self, row: TaskRow, siblings: Siblings) -> None:
        self.row = row
        self.siblings = siblings

    @strawberry.field(description="The LinkedIn account that performs it.")
    async def linkedin_account(self) -> LinkedInAccount:
        return (await self.siblings.accounts.get())[self.linkedin_account_id]

    @strawberry.field(description="The latest retry of it, if it was retried.")
    async def retried_as(self) -> strawberry.ID | None:
        retry_id = (await self.siblings.retries.get()).get(self.id)
        return None if retry_id is None else strawberry.ID(retry_id)

    @strawberry.field(description="The actions that the caller may take on it now.")
    async def available_actions(self) -> list[TaskAction]:
        return (await self.siblings.actions.get())[self.id]

    @strawberry.field(
        description="Every reason that stops it, longest first; none unless it is PENDING.",
        metadata=list_length(MOST_REASONS),
    )
    async def waiting(self) -> list[WaitingReason]:
        return [reason_of(one) for one in (await self.siblings.waiting.get())[self.id].reasons]

    @strawberry.field(
        description="When it will begin, if nothing changes; null if that cannot be said."
    )
    async def estimated_start_at(self) -> Milliseconds | None:
        return optional_time((await self.siblings.waiting.get())[self.id].estimated_start_at)

    @strawberry.field(description="The profile that the action is for: `payload.profile_url`.")
    def profile_url(self) -> str:
        sent: str = json.loads(self.row.payload)["profile_url"]
        return sent

    @strawberry.field(description="The text to send: `payload.message`.")
    def message(self) -> str | None:
        sent: str | None = json.loads(self.row.payload).get("message")
        return sent

    @strawberry.field(description="Why it failed; null unless its status is FAILED.")
    def error(self) -> TaskError | None:
        found = json.loads(self.row.result or "null")
        return _error_of(found["error"]) if found and found.get("error") else None

    @strawberry.field(
        description="What may not be as it was meant, such as a placeholder left in the message.",
        metadata=list_length(_MOST_WARNINGS),
    )
    def warnings(self) -> list[TaskWarning]:
        found = unfilled_template(json.loads(self.row.payload).get("message"))
        return [_warning_of(found)] if found else []

    @strawberry.field(
        description="Every claim of the task, first to last.", metadata=list_length(_MOST_ATTEMPTS)
    )
    async def attempts(self, info: GraphQLInfo) -> list[TaskAttempt]:
        rows = await read_tasks.attempts_at(info.context.services, self.row)
        return [_attempt_of(row) for row in rows]

    @strawberry.field(
        description="The deliveries of its events to webhooks, newest first.",
        metadata=list_length(_MOST_DELIVERIES),
    )
    async def deliveries(self, info: GraphQLInfo) -> list[WebhookDelivery]:
        found = await read_webhooks.deliveries_of_task(
            info.context.services, info.context.caller, self.id, _MOST_DELIVERIES
        )
        return deliveries_of(found)


def tasks_of(info: GraphQLInfo, rows: list[TaskRow]) -> list[Task]:
    """Tasks as GraphQL shows them; their accounts are asked for once for all."""
    context = info.context

    async def ask() -> dict[str, LinkedInAccount]:
        wanted = {row.linkedin_account_id for row in rows}
        found = await read_accounts.accounts_with_ids(context.services, context.caller, wanted)
        return {one.id: one for one in accounts_of(info, found)}

    siblings = Siblings(
        accounts=LazyBatch(ask),
        actions=LazyBatch(lambda: read_tasks.actions_on(context.services, context.caller, rows)),
        retries=LazyBatch(lambda: read_tasks.retries_of(context.services, context.caller, rows)),
        waiting=LazyBatch(
            lambda: read_pacing.waiting_of_tasks(context.services, context.caller, rows)
        ),
    )
    return [Task(row, siblings) for row in rows]


def task_of(info: GraphQLInfo, row: TaskRow) -> Task:
    """One task as GraphQL shows it."""
    return tasks_of(info, [row])[0]


def _error_of(found: dict[str, Any]) -> TaskError:
    return TaskError(code=str(found.get("code", "failed")), message=str(found.get("message", "")))


def _warning_of(found: DomainWarning) -> TaskWarning:
    task_id = strawberry.ID(found.task_id) if found.task_id else None
    return TaskWarning(code=found.code, message=found.message, task_id=task_id)


def _attempt_of(row: AttemptRow) -> TaskAttempt:
    return TaskAttempt(
        number=row.number,
        outcome=AttemptOutcome(row.outcome),
        agent_id=strawberry.ID(row.agent_id),
        claimed_at=Milliseconds(row.claimed_at),
        started_at=row.started_at,  # type: ignore[arg-type]
        finished_at=row.finished_at,  # type: ignore[arg-type]
        error=row.error,  # type: ignore[arg-type]
        late_report=row.late_report,  # type: ignore[arg-type]
        is_dry_run=bool(row.is_dry_run),
    )


@strawberry.type(description="A task and its place in the list.")
class TaskEdge:
    cursor: str
    node: Task


@strawberry.type(description="A page of tasks, newest first.")
class TaskConnection:
    nodes: list[Task]
    page_info: PageInfo
    total: strawberry.Private[LazyBatch[int]]

    @strawberry.field(description="The same tasks, each with its cursor.")
    def edges(self) -> list[TaskEdge]:
        return [TaskEdge(cursor=cursor_of(node.row.seq), node=node) for node in self.nodes]

    @strawberry.field(
        description="The number of tasks that match the filter; counted only when requested."
    )
    async def total_count(self) -> int:
        return await self.total.get()


@strawberry.type
class TaskQuery:
    @strawberry.field(description="One task; null when there is none.")
    async def task(self, info: GraphQLInfo, id: strawberry.ID) -> Task | None:
        row = await read_tasks.get_task(info.context.services, info.context.caller, id)
        return task_of(info, row) if row else None

    @strawberry.field(description="The workspace's tasks, newest first; first: 1 to 100.")
    async def tasks(
        self,
        info: GraphQLInfo,
        filter: TaskFilter | None = None,
        first: int = 50,
        after: str | None = None,
        offset: int = 0,
    ) -> TaskConnection:
        context, wanted, before_seq = info.context, wanted_tasks(filter), seq_of(after)
        page = await read_tasks.page_of_tasks(
            context.services,
            context.caller,
            wanted,
            first=first,
            offset=offset,
            before_seq=before_seq,
        )
        return TaskConnection(
            nodes=tasks_of(info, page.tasks),
            page_info=page_info(
                [row.seq for row in page.tasks],
                has_next=page.has_more,
                has_previous=before_seq is not None or offset > 0,
            ),
            total=LazyBatch(
                lambda: read_tasks.number_of_tasks(context.services, context.caller, wanted)
            ),
        )
