"""Telling the fleet, after the commit. All of it is a nudge: the rows are the truth."""

from collections.abc import Sequence

from app.actions.outside import Outside
from app.actions.steps.expire_leases import ExpiredLease
from app.actions.steps.queue_delivery import NewDelivery
from app.actions.steps.wake_tasks import AwakeTask
from app.tracing import delivery_queued


def announce_expired(outside: Outside, expired: Sequence[ExpiredLease]) -> None:
    """Tell of tasks whose leases ran out, and of what that caused."""
    for one in expired:
        outside.events.task_changed(one.task.snapshot())
        announce_deliveries(outside, one.deliveries)


def announce_work(outside: Outside, awake: Sequence[AwakeTask]) -> None:
    """Ring the bell of the accounts whose tasks can be claimed now."""
    by_workspace: dict[str, set[str]] = {}
    for one in awake:
        by_workspace.setdefault(one.workspace_id, set()).add(one.account_id)
    for workspace_id, account_ids in by_workspace.items():
        outside.events.work_appeared(workspace_id, sorted(account_ids))


def announce_deliveries(outside: Outside, deliveries: Sequence[NewDelivery]) -> None:
    """Tell of deliveries that were queued, and wake a worker."""
    for one in deliveries:
        outside.events.delivery_changed(one.workspace_id, one.webhook_id, one.id)
        delivery_queued(one.id)
    if deliveries:
        outside.doorbell.ring()
