"""The live view of work for agents."""

from collections.abc import AsyncIterator, Sequence

from app.actions.steps.record_serving import record_serving
from app.actions.tasks.changed_task import task_told_by
from app.actions.tasks.live_view import LiveView
from app.domain.access.caller import AGENTS, Caller, require
from app.domain.errors import Unavailable
from app.domain.event import Event, TaskChanged, WorkAppeared
from app.domain.tasks.lease import validate_claim
from app.domain.tasks.task import TaskStatus
from app.models.linkedin_account_queries import accounts_with_work
from app.services.services import Services

_IS_HELD = frozenset({TaskStatus.QUEUED, TaskStatus.PROCESSING})


async def watch_work(
    services: Services, caller: Caller | None, account_ids: Sequence[str]
) -> AsyncIterator[list[str]]:
    """The accounts among these that have work: at once if some do, then whenever there is more.

    An empty list means every account of the workspace, those connected later too.
    """
    known = require(caller, AGENTS)
    validate_claim(list(account_ids), limit=1, lease_seconds=60)
    wanted = set(account_ids) or None
    is_serving_noted = False
    async with services.events.listen(known.workspace_id) as mailbox:
        looks = LiveView(mailbox)
        while True:
            event = await looks.next()
            try:
                if not is_serving_noted:
                    await record_serving(services, known, account_ids)
                    is_serving_noted = True
                rung = await _rung_by(services, known, event, wanted)
                ready = await _ready(services, known, rung)
            except Unavailable:
                looks.failed()
                continue
            if event is None:
                looks.done()
            if ready:
                yield ready


async def _ready(services: Services, caller: Caller, among: set[str] | None) -> list[str]:
    """The accounts with work among these, or of the whole workspace for None."""
    if among is not None and not among:
        return []
    ready = await accounts_with_work(services.database, caller.workspace_id)
    return sorted(ready if among is None else ready & among)


async def _rung_by(
    services: Services, caller: Caller, event: Event | None, wanted: set[str] | None
) -> set[str] | None:
    """Which of the wanted accounts may have work after the event; None is the whole workspace."""
    if event is None:
        return wanted
    rung: set[str] = set()
    if isinstance(event, WorkAppeared):
        rung = set(event.account_ids)
    elif isinstance(event, TaskChanged):
        told = await task_told_by(services, caller, event)
        # Waiting anew, or final so that the account is free for the next.
        if told is not None and told.row.status not in _IS_HELD:
            rung = {told.row.linkedin_account_id}
    return rung if wanted is None else rung & wanted
