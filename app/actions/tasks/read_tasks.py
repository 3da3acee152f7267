"""Reading tasks: one, a page, what belongs to them."""

from app.actions.steps.tasks.own_task import find_own_task
from app.domain.access.caller import AGENTS, EVERYBODY, PEOPLE_AND_KEYS, Caller, require_reader
from app.domain.ids import is_valid_id
from app.domain.tasks.retry_rules import retry_refusal
from app.domain.tasks.task import TaskAction, TaskStatus, available_actions
from app.domain.tasks.task_filter import TaskFilter, validate_page
from app.models.tasks.task_attempt_queries import attempts_of
from app.models.tasks.task_queries import TaskPage, count_tasks, list_tasks
from app.models.tasks.task_retry_queries import latest_retries, retry_facts
from app.models.tasks.task_rows import AttemptRow, TaskRow
from app.services.services import Services


async def get_task(services: Services, caller: Caller | None, task_id: str) -> TaskRow | None:
    """A task of the caller's workspace, or None."""
    known = require_reader(caller, EVERYBODY)
    return await find_own_task(services.database, known, task_id)


async def page_of_tasks(
    services: Services,
    caller: Caller | None,
    wanted: TaskFilter,
    *,
    first: int,
    offset: int = 0,
    before_seq: int | None = None,
) -> TaskPage:
    """The caller's tasks, newest first. Raises BadInput for a page that is not served."""
    known = require_reader(caller, PEOPLE_AND_KEYS)
    validate_page(first, offset)
    if wanted.linkedin_account_id is not None and not is_valid_id(wanted.linkedin_account_id):
        return TaskPage([], has_more=False)
    return await list_tasks(
        services.database,
        known.workspace_id,
        wanted,
        limit=first,
        offset=offset,
        before_seq=before_seq,
    )


async def number_of_tasks(services: Services, caller: Caller | None, wanted: TaskFilter) -> int:
    """How many of the caller's tasks pass the filter."""
    known = require_reader(caller, PEOPLE_AND_KEYS)
    if wanted.linkedin_account_id is not None and not is_valid_id(wanted.linkedin_account_id):
        return 0
    return await count_tasks(services.database, known.workspace_id, wanted)


async def actions_on(
    services: Services, caller: Caller | None, tasks: list[TaskRow]
) -> dict[str, list[TaskAction]]:
    """What the caller may do with each of these tasks, by its id.

    Nothing for an agent, and in a workspace whose subscription has ended.
    """
    if caller is None or caller.kind in AGENTS or not caller.subscription_is_active:
        return {task.id: [] for task in tasks}
    facts = await retry_facts(services.database, caller.workspace_id, tasks)
    return {
        task.id: available_actions(
            TaskStatus(task.status),
            can_be_retried=retry_refusal(facts[task.id], confirm_unknown=True) is None,
        )
        for task in tasks
    }


async def retries_of(
    services: Services, caller: Caller | None, tasks: list[TaskRow]
) -> dict[str, str]:
    """The id of the latest retry of each of these tasks that was retried, by the task's id."""
    known = require_reader(caller, EVERYBODY)
    return await latest_retries(services.database, known.workspace_id, tasks)


async def attempts_at(services: Services, task: TaskRow) -> list[AttemptRow]:
    """The attempts at a task that the caller was given."""
    return await attempts_of(services.database, task.seq)
