"""Telling the fleet, after the commit. All of it is a nudge: the rows are the truth."""

from collections.abc import Sequence

from app.actions.steps.expire_leases import ExpiredLease
from app.actions.steps.make_due_tasks_claimable import ClaimableTask
from app.actions.steps.queue_delivery import QueuedDelivery
from app.services.services import Services
from app.tracing import delivery_queued


def announce_expired(services: Services, expired: Sequence[ExpiredLease]) -> None:
    """Tell of tasks whose leases ran out, and of what that caused."""
    for one in expired:
        services.events.task_changed(one.task.snapshot())
        announce_deliveries(services, one.deliveries)


def announce_work(services: Services, awake: Sequence[ClaimableTask]) -> None:
    """Ring the bell of the accounts whose tasks can be claimed now."""
    by_workspace: dict[str, set[str]] = {}
    for one in awake:
        by_workspace.setdefault(one.workspace_id, set()).add(one.account_id)
    for workspace_id, account_ids in by_workspace.items():
        services.events.work_appeared(workspace_id, sorted(account_ids))


def announce_deliveries(services: Services, deliveries: Sequence[QueuedDelivery]) -> None:
    """Tell of deliveries that were queued, and wake a worker."""
    for one in deliveries:
        services.events.delivery_changed(one.workspace_id, one.webhook_id, one.id)
        delivery_queued(one.id)
    if deliveries:
        services.worker_notifier.notify()
