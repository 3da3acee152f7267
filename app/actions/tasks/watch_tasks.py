"""Live views of a task, and of a workspace's tasks.

Each listens before it reads, and skips what it has sent already.
"""

from collections.abc import AsyncIterator
from contextlib import aclosing

from app.actions.steps.changed_rows import RowReader, watch_rows
from app.actions.steps.live_view import LiveView, SentStates
from app.actions.steps.tasks.changed_task import task_of_event
from app.actions.steps.tasks.own_task import find_own_task
from app.domain.access.caller import EVERYBODY, PEOPLE_AND_KEYS, Caller, require_reader
from app.domain.errors import NotFound, Unavailable
from app.domain.event import Event, TaskChanged
from app.domain.shared_change import SharedChange
from app.domain.tasks.task import FINAL
from app.domain.tasks.task_filter import TaskFilter
from app.models.tasks.task_queries import tasks_changed_after
from app.models.tasks.task_rows import TaskRow
from app.services.services import Services

_PAGE = 1_000


async def watch_task(
    services: Services, caller: Caller | None, task_id: str
) -> AsyncIterator[SharedChange[TaskRow]]:
    """Yields the task as it is now, then after every change; ends after the final one.

    Raises NotFound.
    """
    known = require_reader(caller, EVERYBODY)
    sent_version = 0
    async with services.events.listen(known.workspace_id) as mailbox:
        view = LiveView(mailbox)
        while True:
            event = await view.next()
            if isinstance(event, TaskChanged) and event.snapshot["id"] != task_id:
                continue
            try:
                change = await _current(services, known, event, task_id)
            except Unavailable:
                view.failed()
                continue
            if event is None:
                view.done()
                if change is None and not sent_version:
                    raise NotFound("there is no such task")
            if change is not None and change.row.version > sent_version:
                sent_version = change.row.version
                yield change
                if change.row.status in FINAL:
                    return


async def watch_tasks(
    services: Services, caller: Caller | None, wanted: TaskFilter
) -> AsyncIterator[SharedChange[TaskRow]]:
    """Yields every change, from now on, to the caller's tasks that pass the filter."""
    known = require_reader(caller, PEOPLE_AND_KEYS)
    sent: SentStates[int] = SentStates()
    reader = RowReader(
        of_event=lambda event: (
            task_of_event(services, known, event) if isinstance(event, TaskChanged) else None
        ),
        page_after=lambda position: tasks_changed_after(
            services.database, known.workspace_id, position, _PAGE
        ),
        page_size=_PAGE,
        is_new=lambda task: _is_new(sent, task) and wanted.lets_through(task),
    )
    async with aclosing(watch_rows(services, known.workspace_id, reader)) as changes:
        async for change in changes:
            yield change


async def _current(
    services: Services, caller: Caller, event: Event | None, task_id: str
) -> SharedChange[TaskRow] | None:
    """Returns the task of the event; without an event, the task in the database."""
    if isinstance(event, TaskChanged):
        return await task_of_event(services, caller, event)
    if event is not None:
        return None
    task = await find_own_task(services.database, caller, task_id)
    return SharedChange(task) if task else None


def _is_new(sent: SentStates[int], task: TaskRow) -> bool:
    if (sent.get(task.id) or 0) >= task.version:
        return False
    sent.put(task.id, task.version)
    return True
