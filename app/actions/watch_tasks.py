"""Live views: a task, a workspace's tasks, work for agents.

Each listens first and reads then, and skips what it has shown already; it reads again whenever
events may have been missed, and now and then in any case: a process can die between the commit and
the event.
"""

from collections import OrderedDict
from collections.abc import AsyncIterator, Sequence
from random import uniform

from app.actions.outside import Outside
from app.actions.read_tasks import get_task
from app.actions.seen import Seen
from app.actions.steps.note_serving import note_serving
from app.domain.caller import AGENTS, EVERYBODY, PEOPLE_AND_KEYS, Caller, require
from app.domain.errors import NotFound
from app.domain.event import Missed, TaskChanged, WorkAppeared
from app.domain.listing import TaskFilter
from app.domain.task import FINAL, TaskStatus
from app.domain.task_report import check_claim
from app.domain.times import MS_PER_SECOND
from app.models.account_queries import accounts_with_work
from app.models.task_queries import tasks_changed_since
from app.models.task_rows import TaskRow, task_of

_REMEMBERED = 10_000
_CATCH_UP = 1_000
_OVERLAP_MS = 30 * MS_PER_SECOND


def _look_again_seconds() -> float:
    return uniform(8, 12)


async def watch_task(
    outside: Outside, caller: Caller | None, task_id: str
) -> AsyncIterator[Seen[TaskRow]]:
    """The task as it is now, then after every change; ends after the final one.

    Raises NotFound.
    """
    known = require(caller, EVERYBODY)
    async with outside.events.listen(known.workspace_id) as mailbox:
        task = await get_task(outside, known, task_id)
        if task is None:
            raise NotFound("there is no such task")
        seen = Seen(task)
        yield seen
        shown = task.version
        while TaskStatus(seen.row.status) not in FINAL:
            event = await mailbox.get(_look_again_seconds())
            if isinstance(event, TaskChanged):
                if event.snapshot["id"] != task_id:
                    continue
                seen = _told_by(event)
            elif event is None or isinstance(event, Missed):
                seen = Seen(await get_task(outside, known, task_id) or seen.row)
            if seen.row.version > shown:
                shown = seen.row.version
                yield seen


async def watch_tasks(
    outside: Outside, caller: Caller | None, wanted: TaskFilter
) -> AsyncIterator[Seen[TaskRow]]:
    """Every change, from now on, to the caller's tasks that pass the filter."""
    known = require(caller, PEOPLE_AND_KEYS)
    shown: OrderedDict[str, int] = OrderedDict()
    async with outside.events.listen(known.workspace_id) as mailbox:
        seen_until = started_at = outside.now()
        while True:
            event = await mailbox.get(_look_again_seconds())
            if isinstance(event, TaskChanged):
                changed = [_told_by(event)]
            elif event is None or isinstance(event, Missed):
                since = max(started_at, seen_until - _OVERLAP_MS)
                found = await tasks_changed_since(
                    outside.database, known.workspace_id, since, _CATCH_UP
                )
                changed = [Seen(task) for task in found]
            else:
                continue
            for seen in changed:
                task = seen.row
                seen_until = max(seen_until, task.updated_at)
                if _is_news(shown, task) and wanted.lets_through(
                    task.status, task.linkedin_account_id, task.action_type
                ):
                    yield seen


async def watch_work(
    outside: Outside, caller: Caller | None, account_ids: Sequence[str]
) -> AsyncIterator[list[str]]:
    """The accounts among these that have work: at once if some do, then whenever there is more.

    An empty list means every account of the workspace, those connected later too.
    """
    known = require(caller, AGENTS)
    check_claim(list(account_ids), limit=1, lease_seconds=60)
    await note_serving(outside, known, account_ids)
    wanted = set(account_ids) or None
    async with outside.events.listen(known.workspace_id) as mailbox:
        if ready := await _ready(outside, known, wanted):
            yield ready
        while True:
            rung = _rung_by(await mailbox.get(_look_again_seconds()), wanted)
            if ready := await _ready(outside, known, rung):
                yield ready


async def _ready(outside: Outside, caller: Caller, among: set[str] | None) -> list[str]:
    """The accounts with work among these, or of the whole workspace for None."""
    if among is not None and not among:
        return []
    ready = await accounts_with_work(outside.database, caller.workspace_id)
    return sorted(ready if among is None else ready & among)


def _told_by(event: TaskChanged) -> Seen[TaskRow]:
    if (seen := event.made.get(Seen)) is None:
        seen = event.made[Seen] = Seen(task_of(event.snapshot), event.made)
    told: Seen[TaskRow] = seen
    return told


def _rung_by(event: object, wanted: set[str] | None) -> set[str] | None:
    """Which of the wanted accounts may have work after the event; None is the whole workspace."""
    if event is None or isinstance(event, Missed):
        return wanted
    rung: set[str] = set()
    is_held = (TaskStatus.QUEUED, TaskStatus.PROCESSING)
    if isinstance(event, WorkAppeared):
        rung = set(event.account_ids)
    # Waiting anew, or final so that the account is free for the next.
    elif isinstance(event, TaskChanged) and event.snapshot["status"] not in is_held:
        rung = {event.snapshot["linkedin_account_id"]}
    return rung if wanted is None else rung & wanted


def _is_news(shown: OrderedDict[str, int], task: TaskRow) -> bool:
    if shown.get(task.id, 0) >= task.version:
        return False
    shown[task.id] = task.version
    shown.move_to_end(task.id)
    if len(shown) > _REMEMBERED:
        shown.popitem(last=False)
    return True
