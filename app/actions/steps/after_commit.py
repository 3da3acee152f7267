"""Publishing what a transaction changed. Subscribers may miss it: the rows are the truth."""

from collections.abc import Iterable, Sequence

from app.actions.steps.tasks.task_change import TaskChange
from app.models.tasks.due_task_queries import ClaimableTask
from app.models.tasks.task_rows import TaskRow
from app.models.webhooks.delivery_queries import QueuedDelivery
from app.services.services import Services
from app.tracing import delivery_queued


def after_commit(
    services: Services,
    *,
    tasks: Iterable[TaskChange] = (),
    deliveries: Sequence[QueuedDelivery] = (),
    claimable: Iterable[ClaimableTask] = (),
) -> None:
    """Publishes changed tasks with their deliveries, other deliveries, and claimable tasks."""
    for change in tasks:
        if change.has_changed:
            services.events.task_changed(change.task.snapshot())
        _publish_deliveries(services, change.deliveries)
    _publish_deliveries(services, deliveries)
    _publish_claimable(services, claimable)


def publish_change(services: Services, change: TaskChange) -> TaskRow:
    """Publishes the change of one task and returns the task. Raises the change's refusal."""
    after_commit(services, tasks=[change])
    if change.refusal is not None:
        raise change.refusal
    return change.task


def _publish_deliveries(services: Services, deliveries: Sequence[QueuedDelivery]) -> None:
    for delivery in deliveries:
        services.events.delivery_changed(delivery.workspace_id, delivery.webhook_id, delivery.id)
        delivery_queued(delivery.id)
    if deliveries:
        services.worker_notifier.notify()


def _publish_claimable(services: Services, claimable: Iterable[ClaimableTask]) -> None:
    accounts: dict[str, set[str]] = {}
    for task in claimable:
        accounts.setdefault(task.workspace_id, set()).add(task.account_id)
    for workspace_id, account_ids in accounts.items():
        services.events.work_appeared(workspace_id, sorted(account_ids))
