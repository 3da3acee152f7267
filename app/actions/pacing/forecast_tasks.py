"""When tasks would begin that are not created."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app.actions.pacing.read_pacing import account_states
from app.actions.steps.linkedin.resolve_account import resolve_account
from app.domain.access.caller import Caller, require
from app.domain.errors import BadInput, DailyTaskLimit, FieldError
from app.domain.pacing.account_state import AccountState
from app.domain.pacing.queue import QueuedTask
from app.domain.tasks.daily_task_limit import daily_limit_reached
from app.domain.tasks.new_task import NewTask, require_task_count
from app.domain.tasks.task import ActionType
from app.domain.times import day_of_ms
from app.models.engine.database import Queries
from app.models.linkedin.linkedin_account_queries import created_by_account
from app.services.services import Services

# Later than every task that waits.
_LAST = 2**62


@dataclass(frozen=True, slots=True)
class ForecastDay:
    """How many actions of one kind an account would begin on a day of its time zone."""

    date: str
    linkedin_account_id: str
    action_type: ActionType
    count: int


@dataclass(frozen=True, slots=True)
class ForecastProblem:
    """Why creating one of the tasks would be refused."""

    index: int
    error: FieldError


@dataclass(frozen=True, slots=True)
class Forecast:
    """When each task would begin (ms), None if it would be refused or cannot be said."""

    starts: Sequence[int | None]
    days: Sequence[ForecastDay]
    problems: Sequence[ForecastProblem]

    @property
    def finishes_at(self) -> int | None:
        """When the last one would begin; None if one of them cannot be said."""
        known = [at for at in self.starts if at is not None]
        return max(known) if known and len(known) == len(self.starts) else None


@dataclass(frozen=True, slots=True)
class _Planned:
    index: int
    task: NewTask
    account_id: str


async def forecast_tasks(
    services: Services, caller: Caller | None, new_tasks: Sequence[NewTask | BadInput]
) -> Forecast:
    """Returns when 1 to 100 tasks would begin, after those that wait; creates nothing.

    In the place of a task, a BadInput says why it is refused.

    Raises BadInput for another number of tasks.
    """
    known = require(caller, NewTask.senders)
    require_task_count(len(new_tasks))
    planned, problems = await _plan(services, known, new_tasks)
    states = await account_states(services, known, {one.account_id for one in planned})
    starts: list[int | None] = [None] * len(new_tasks)
    days: list[ForecastDay] = []
    for state in states.values():
        own = [one for one in planned if one.account_id == state.id]
        found = await asyncio.to_thread(_starts_of, state, own)
        for one, at in zip(own, found, strict=True):
            starts[one.index] = at
        days += _days_of(state, own, found)
    return Forecast(
        starts, sorted(days, key=lambda day: (day.date, day.linkedin_account_id)), problems
    )


async def _plan(
    services: Services, caller: Caller, new_tasks: Sequence[NewTask | BadInput]
) -> tuple[list[_Planned], list[ForecastProblem]]:
    planned: list[_Planned] = []
    problems: list[ForecastProblem] = []
    today = await created_by_account(
        services.database, caller.workspace_id, day_of_ms(services.now())
    )
    created, limit = Counter(today), services.settings.daily_task_limit
    for index, task in enumerate(new_tasks):
        try:
            if isinstance(task, BadInput):
                raise task
            account_id = await _account_of(services, caller, task)
            created[account_id] += 1
            if created[account_id] > limit:
                raise daily_limit_reached(limit, account_id, services.now())
        except BadInput as error:
            problems += [ForecastProblem(index, detail) for detail in error.details]
        except DailyTaskLimit as error:
            detail = FieldError(("linkedin_account_id",), error.message)
            problems.append(ForecastProblem(index, detail))
        else:
            planned.append(_Planned(index, task, account_id))
    return planned, problems


async def _account_of(services: Services, caller: Caller, task: NewTask) -> str:
    async def unit(queries: Queries) -> str:
        return await resolve_account(queries, caller.workspace_id, task.linkedin_account_id)

    return await services.database.transaction(unit)


def _starts_of(state: AccountState, planned: Sequence[_Planned]) -> list[int | None]:
    new = [
        QueuedTask(
            one.task.action_type,
            one.task.priority,
            _LAST + one.index,
            one.task.not_before(state.now),
        )
        for one in planned
    ]
    return state.starts_with(new)[len(state.queue) :]


def _days_of(
    state: AccountState, planned: Sequence[_Planned], starts: Sequence[int | None]
) -> list[ForecastDay]:
    counts = Counter(
        (state.date_of(at), one.task.action_type)
        for one, at in zip(planned, starts, strict=True)
        if at is not None
    )
    return [ForecastDay(date, state.id, action, count) for (date, action), count in counts.items()]
