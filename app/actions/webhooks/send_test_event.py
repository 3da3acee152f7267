"""Sends a signed event with sample data, to test a receiver."""

from app.actions.steps.after_commit import after_commit
from app.actions.steps.webhooks.own_webhook import own_enabled_webhook
from app.domain.access.caller import PEOPLE_AND_KEYS, Caller, require
from app.domain.ids import new_id
from app.domain.tasks.task import ActionType, TaskStatus, completed_result, failed_result
from app.domain.webhooks.event_body import task_event_body
from app.domain.webhooks.webhook import WebhookEvent
from app.models.engine.database import Queries
from app.models.tables.webhook import Delivery
from app.models.webhooks.delivery_queries import QueuedDelivery, get_delivery_row, queue_delivery
from app.services.services import Services


async def send_test_event(
    services: Services, caller: Caller | None, webhook_id: int, event: WebhookEvent
) -> Delivery:
    """The delivery, queued. Raises NotFound, or Conflict for a webhook that is switched off."""
    known = require(caller, PEOPLE_AND_KEYS)

    async def unit(queries: Queries) -> QueuedDelivery:
        now = services.now()
        webhook = await own_enabled_webhook(queries, known, webhook_id)
        return await queue_delivery(
            queries,
            workspace_id=known.workspace_id,
            webhook_id=webhook.id,
            event=event,
            task_id=None,
            body=_made_up_body(event, now),
            now=now,
        )

    queued = await services.database.transaction(unit)
    after_commit(services, deliveries=[queued])
    return await get_delivery_row(services.database, queued.id)


def _made_up_body(event: WebhookEvent, now: int) -> str:
    succeeded = event is WebhookEvent.TASK_COMPLETED
    return task_event_body(
        event,
        task_id=new_id("task", now),
        action_type=ActionType.CONNECT.value,
        status=(TaskStatus.COMPLETED if succeeded else TaskStatus.FAILED).value,
        result=completed_result(None)
        if succeeded
        else failed_result("test", "a failure made up for a test"),
        linkedin_account_id=new_id("acc", now),
        at=now,
        is_test=True,
    )
