"""What a transaction did to a task."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.errors import ZenModeError
from app.models.tasks.task_rows import TaskRow
from app.models.webhooks.delivery_queries import QueuedDelivery


@dataclass(frozen=True, slots=True)
class TaskChange:
    """A task as the transaction leaves it, and the deliveries that the change queued.

    `has_changed` is False when the task was left as it was. `refusal` is raised after the commit,
    because what the transaction wrote has to stay.
    """

    task: TaskRow
    deliveries: Sequence[QueuedDelivery] = ()
    has_changed: bool = True
    refusal: ZenModeError | None = None
