"""What a task's final status causes, in the transaction that wrote it: counts and deliveries."""

import json

from app.actions.steps.queue_delivery import QueuedDelivery, queue_delivery
from app.actions.steps.task_transition import count_final
from app.domain.tasks.task import TaskStatus
from app.domain.webhooks.event_body import task_event_body
from app.domain.webhooks.webhook import EVENT_OF_STATUS
from app.models.engine.database import Queries
from app.models.task_rows import TaskRow

_LISTENERS = "SELECT id, events FROM webhooks WHERE workspace_id = $1 AND enabled ORDER BY id"


async def finish_task(queries: Queries, task: TaskRow, now: int) -> list[QueuedDelivery]:
    """Queue a delivery for each enabled webhook that listens; returns what was queued."""
    await count_final(queries, [task], now)
    event = EVENT_OF_STATUS.get(TaskStatus(task.status))
    if event is None:
        return []
    rows = await queries.rows(_LISTENERS, task.workspace_id)
    listening = [row["id"] for row in rows if event.value in json.loads(row["events"])]
    if not listening:
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
        for webhook_id in listening
    ]
