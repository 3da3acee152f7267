"""Setting an account's pacing, lifting locks, reporting manual work, forecasting tasks."""

import strawberry

from app.actions.pacing import forecast_tasks as forecasting
from app.actions.pacing.lift_provider_lock import lift_provider_lock
from app.actions.pacing.report_manual_actions import report_manual_actions
from app.actions.pacing.update_pacing import update_pacing
from app.domain.access.caller import require
from app.domain.errors import BadInput
from app.domain.pacing.pacing_inputs import (
    ActionLimitChange,
    ManualAction,
    ManualActions,
    NewOpenRange,
    PacingChange,
)
from app.domain.tasks.new_task import MAX_TASKS_AT_ONCE, NewTask
from app.graphql_engine.error_format import graphql_path
from app.graphql_engine.field_rules import list_length
from app.schema.context import GraphQLInfo
from app.schema.linkedin_accounts import LinkedinAccountPayload, account_of
from app.schema.task_mutations import CreateTaskInput
from app.schema.types.enums import ActionType
from app.schema.types.inputs import input_of, validated
from app.schema.types.scalars import Milliseconds, optional_time


@input_of(NewOpenRange, "A range of a weekday: `09:00` to `18:00`. One over midnight is two.")
class OpeningHoursInput:
    pass


@input_of(ActionLimitChange, "Limits of one kind of action; null: back to the default.")
class ActionLimitInput:
    pass


@input_of(PacingChange, "What to change; what is left out stays. Null: back to the default.")
class UpdatePacingInput:
    pass


@input_of(ManualAction, "What a person did on LinkedIn by hand, at most 7 days ago.")
class ManualActionInput:
    pass


@input_of(ManualActions, "1 to 100 actions that a person did by hand with an account.")
class ReportManualActionsInput:
    pass


@strawberry.type(description="When a task would begin; null if it would be refused or is unknown.")
class ForecastTask:
    index: int
    starts_at: Milliseconds | None


@strawberry.type(description="How many actions an account would begin on a day of its time zone.")
class ForecastDay:
    date: str
    linkedin_account_id: strawberry.ID
    action_type: ActionType
    count: int


@strawberry.type(description="Why creating a task would be refused.")
class ForecastProblem:
    index: int
    path: list[str] = strawberry.field(
        description="Leads to the field from the task down.", metadata=list_length(3)
    )
    rest_field: str = strawberry.field(description="The same path in REST's names, dotted.")
    message: str


@strawberry.type(description="When tasks would begin that are not created.")
class Forecast:
    tasks: list[ForecastTask] = strawberry.field(metadata=list_length(MAX_TASKS_AT_ONCE))
    days: list[ForecastDay] = strawberry.field(metadata=list_length(MAX_TASKS_AT_ONCE))
    finishes_at: Milliseconds | None
    problems: list[ForecastProblem] = strawberry.field(metadata=list_length(MAX_TASKS_AT_ONCE))


@strawberry.type
class PacingQuery:
    @strawberry.field(
        description="When 1 to 100 tasks would begin, after those that wait. Creates nothing."
    )
    async def forecast_tasks(self, info: GraphQLInfo, inputs: list[CreateTaskInput]) -> Forecast:
        context = info.context
        require(context.caller, NewTask.senders)
        new_tasks = [_read(info, one) for one in inputs]
        found = await forecasting.forecast_tasks(context.services, context.caller, new_tasks)
        return _forecast_of(found)


def _read(info: GraphQLInfo, sent: CreateTaskInput) -> NewTask | BadInput:
    try:
        return validated(info, NewTask, sent)
    except BadInput as refusal:
        return refusal


def _forecast_of(found: forecasting.Forecast) -> Forecast:
    return Forecast(
        tasks=[
            ForecastTask(index=index, starts_at=optional_time(at))
            for index, at in enumerate(found.starts)
        ],
        days=[
            ForecastDay(
                date=one.date,
                linkedin_account_id=strawberry.ID(one.linkedin_account_id),
                action_type=one.action_type,
                count=one.count,
            )
            for one in found.days
        ],
        finishes_at=optional_time(found.finishes_at),
        problems=[
            ForecastProblem(
                index=one.index,
                path=[str(part) for part in graphql_path(one.error.path)],
                rest_field=one.error.name,
                message=one.error.message,
            )
            for one in found.problems
        ],
    )


@strawberry.type
class PacingMutation:
    @strawberry.mutation(description="Set what an account may do, and when.")
    async def update_pacing(
        self, info: GraphQLInfo, input: UpdatePacingInput
    ) -> LinkedinAccountPayload:
        context = info.context
        change = validated(info, PacingChange, input)
        row = await update_pacing(context.services, context.caller, change)
        return LinkedinAccountPayload(linkedin_account=account_of(info, row))

    @strawberry.mutation(description="Lift LinkedIn's own stop: a person knows that it has ended.")
    async def lift_provider_lock(
        self, info: GraphQLInfo, id: strawberry.ID
    ) -> LinkedinAccountPayload:
        context = info.context
        row = await lift_provider_lock(context.services, context.caller, id)
        return LinkedinAccountPayload(linkedin_account=account_of(info, row))

    @strawberry.mutation(description="Count what a person did by hand against the limits.")
    async def report_manual_actions(
        self, info: GraphQLInfo, input: ReportManualActionsInput
    ) -> LinkedinAccountPayload:
        context = info.context
        manual = validated(info, ManualActions, input)
        row = await report_manual_actions(context.services, context.caller, manual)
        return LinkedinAccountPayload(linkedin_account=account_of(info, row))
