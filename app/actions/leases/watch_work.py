"""The live view of claimable work for agents."""

from collections.abc import AsyncIterator, Sequence

from app.actions.steps.linkedin.record_serving import record_serving
from app.actions.steps.live_view import LiveView
from app.actions.steps.tasks.changed_task import task_of_event
from app.domain.access.caller import AGENTS, Caller, require
from app.domain.errors import Unavailable
from app.domain.event import Event, TaskChanged, WorkAppeared
from app.domain.input.read_input import read_input
from app.domain.leases.lease import TaskClaim
from app.domain.tasks.task import TaskStatus
from app.models.linkedin.linkedin_account_queries import accounts_with_work
from app.services.services import Services

_HELD = frozenset({TaskStatus.QUEUED, TaskStatus.PROCESSING})


async def watch_work(
    services: Services, caller: Caller | None, account_ids: Sequence[str]
) -> AsyncIterator[list[str]]:
    """Yields those of these accounts that have work: at once if some do, then as more appears.

    An empty list means every account of the workspace, those connected later too. Raises
    BadInput for more accounts than a claim may name.
    """
    known = require(caller, AGENTS)
    read_input(TaskClaim, {"linkedin_account_ids": list(account_ids)})
    wanted = set(account_ids) or None
    is_serving_recorded = False
    async with services.events.listen(known.workspace_id) as mailbox:
        view = LiveView(mailbox)
        while True:
            event = await view.next()
            try:
                if not is_serving_recorded:
                    await record_serving(services, known, account_ids)
                    is_serving_recorded = True
                notified = await _accounts_of(services, known, event, wanted)
                claimable = await _with_work(services, known, notified)
            except Unavailable:
                view.failed()
                continue
            if event is None:
                view.done()
            if claimable:
                yield claimable


async def _with_work(services: Services, caller: Caller, among: set[str] | None) -> list[str]:
    """Returns the accounts with work among these, or of the whole workspace for None."""
    if among is not None and not among:
        return []
    claimable = await accounts_with_work(
        services.database,
        caller.workspace_id,
        services.now(),
        is_pacing_on=services.settings.paces_accounts,
    )
    return sorted(claimable if among is None else claimable & among)


async def _accounts_of(
    services: Services, caller: Caller, event: Event | None, wanted: set[str] | None
) -> set[str] | None:
    """Returns the wanted accounts that may have work after the event; None means all."""
    if event is None:
        return wanted
    notified: set[str] = set()
    if isinstance(event, WorkAppeared):
        notified = set(event.account_ids)
    elif isinstance(event, TaskChanged):
        change = await task_of_event(services, caller, event)
        # Pending again, or final so that the account is free for its next task.
        if change is not None and change.row.status not in _HELD:
            notified = {change.row.linkedin_account_id}
    return notified if wanted is None else notified & wanted
