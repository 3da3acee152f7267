"""Live views: a task, and a workspace's tasks.

Each listens first and reads then, and skips what it has shown already.
"""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing

from app.actions.tasks.changed_task import task_told_by
from app.actions.tasks.live_view import LiveView, Progress, Shown
from app.actions.tasks.read_tasks import get_task
from app.domain.access.caller import EVERYBODY, PEOPLE_AND_KEYS, Caller, require_reader
from app.domain.errors import NotFound, Unavailable
from app.domain.event import Event, TaskChanged
from app.domain.shared_change import SharedChange
from app.domain.tasks.task import FINAL
from app.domain.tasks.task_filter import TaskFilter
from app.models.change import ChangePlace
from app.models.task_queries import tasks_changed_after
from app.models.task_rows import TaskRow
from app.services.services import Services

_PAGE = 1_000


async def watch_task(
    services: Services, caller: Caller | None, task_id: str
) -> AsyncIterator[SharedChange[TaskRow]]:
    """The task as it is now, then after every change; ends after the final one.

    Raises NotFound.
    """
    known = require_reader(caller, EVERYBODY)
    shown = 0
    async with services.events.listen(known.workspace_id) as mailbox:
        looks = LiveView(mailbox)
        while True:
            event = await looks.next()
            if isinstance(event, TaskChanged) and event.snapshot["id"] != task_id:
                continue
            try:
                seen = await _standing(services, known, event, task_id)
            except Unavailable:
                looks.failed()
                continue
            if event is None:
                looks.done()
                if seen is None and not shown:
                    raise NotFound("there is no such task")
            if seen is not None and seen.row.version > shown:
                shown = seen.row.version
                yield seen
                if seen.row.status in FINAL:
                    return


async def watch_tasks(
    services: Services, caller: Caller | None, wanted: TaskFilter
) -> AsyncIterator[SharedChange[TaskRow]]:
    """Every change, from now on, to the caller's tasks that pass the filter."""
    known = require_reader(caller, PEOPLE_AND_KEYS)
    shown: Shown[int] = Shown()
    progress = Progress(services.now())

    def is_to_be_shown(task: TaskRow) -> bool:
        progress.seen(task.updated_at, services.now())
        return _is_news(shown, task) and wanted.lets_through(task)

    async with services.events.listen(known.workspace_id) as mailbox:
        looks = LiveView(mailbox)
        looks.done()
        while True:
            event = await looks.next()
            try:
                if isinstance(event, TaskChanged):
                    looks.postpone()
                    told = await task_told_by(services, known, event)
                    if told is not None and is_to_be_shown(told.row):
                        yield told
                elif event is None:
                    async with aclosing(_changed_since(services, known, progress.since)) as changes:
                        async for task in changes:
                            if is_to_be_shown(task):
                                yield SharedChange(task)
                    looks.done()
            except Unavailable:
                looks.failed()


async def _standing(
    services: Services, caller: Caller, event: Event | None, task_id: str
) -> SharedChange[TaskRow] | None:
    """The task as an event tells it; without one, as it is."""
    if isinstance(event, TaskChanged):
        return await task_told_by(services, caller, event)
    if event is not None:
        return None
    task = await get_task(services, caller, task_id)
    return SharedChange(task) if task else None


async def _changed_since(
    services: Services, caller: Caller, since: int
) -> AsyncGenerator[TaskRow, None]:
    """All that has changed since a time, however much it is."""
    place = ChangePlace(since)
    while True:
        page = await tasks_changed_after(services.database, caller.workspace_id, place, _PAGE)
        for task in page:
            yield task
        if len(page) < _PAGE:
            return
        place = ChangePlace(page[-1].updated_at, page[-1].seq)


def _is_news(shown: Shown[int], task: TaskRow) -> bool:
    if (shown.get(task.id) or 0) >= task.version:
        return False
    shown.put(task.id, task.version)
    return True
