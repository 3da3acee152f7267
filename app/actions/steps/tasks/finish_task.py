"""What a task's final status causes, in the transaction that wrote it: counts and deliveries."""

import json

from app.domain.tasks.task import TaskStatus
from app.domain.webhooks.event_body import task_event_body
from app.domain.webhooks.webhook import EVENT_OF_STATUS
from app.models.engine.database import Queries
from app.models.tasks.daily_count_queries import count_final_task
from app.models.tasks.task_rows import TaskRow
from app.models.webhooks.delivery_queries import QueuedDelivery, queue_delivery
from app.models.webhooks.webhook_queries import webhooks_listening_to


async def finish_task(queries: Queries, task: TaskRow, now: int) -> list[QueuedDelivery]:
    """Counts a completed, failed or cancelled task, and queues its event for each webhook.

    Returns the deliveries: one for each enabled webhook that listens to the event.
    """
    await count_final_task(queries, task, now)
    event = EVENT_OF_STATUS.get(TaskStatus(task.status))
    if event is None:
        return []
    webhook_ids = await webhooks_listening_to(queries, task.workspace_id, event)
    if not webhook_ids:
        return []
    body = task_event_body(
        event,
        task_id=task.id,
        action_type=task.action_type,
        status=task.status,
        result=json.loads(task.result) if task.result else None,
        linkedin_account_id=task.linkedin_account_id,
        at=now,
    )
    return [
        await queue_delivery(
            queries,
            workspace_id=task.workspace_id,
            webhook_id=webhook_id,
            event=event,
            task_id=task.id,
            body=body,
            now=now,
        )
        for webhook_id in webhook_ids
    ]
