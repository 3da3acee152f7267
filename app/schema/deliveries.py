"""Deliveries: events on their way to webhooks."""

import strawberry

from app.actions.deliveries.recover_deliveries import recover_deliveries
from app.actions.deliveries.redeliver import redeliver
from app.actions.webhooks import read_webhooks
from app.actions.webhooks.read_webhooks import DeliveryPage
from app.actions.webhooks.send_test_event import send_test_event
from app.domain.webhooks.attempt_result import is_success
from app.domain.webhooks.event_body import is_test_body
from app.graphql_engine.field_rules import list_length
from app.models.tables.webhook import Delivery
from app.schema.context import GraphQLInfo
from app.schema.types.enums import DeliveryStatus, WebhookEvent
from app.schema.types.relay import Node, PageInfo, cursor_of, page_info, seq_of
from app.schema.types.scalars import Milliseconds, TimeText, optional_time
from app.schema.webhooks import Webhook, webhook_of

_MOST_ATTEMPTS = 8


@strawberry.type(description="One attempt to send a delivery.")
class DeliveryAttempt:
    number: int
    started_at: Milliseconds
    duration_ms: int
    status_code: int | None
    error: str | None
    response_excerpt: str | None
    succeeded: bool = strawberry.field(description="Whether the receiver took it: a 2xx.")


@strawberry.type(description="One event on its way to one webhook.")
class WebhookDelivery(Node):
    webhook_id: int
    event: WebhookEvent
    task_id: strawberry.ID | None
    body: str
    status: DeliveryStatus
    attempt_count: int
    next_attempt_at: Milliseconds | None
    created_at: Milliseconds
    delivered_at: Milliseconds | None
    failure_reason: str | None = strawberry.field(
        description="Why it was given up, when that was not for its last attempt's failure."
    )
    last_error: str | None = strawberry.field(
        description="What went wrong at the last attempt; null when it succeeded."
    )
    last_status_code: int | None = strawberry.field(
        description="What the receiver answered to the last attempt, if it did."
    )
    row: strawberry.Private[Delivery]

    @strawberry.field(description="Whether it carries made-up data, sent by `sendTestEvent`.")
    def is_test(self) -> bool:
        return is_test_body(self.body)

    @strawberry.field(description="Null when the webhook was deleted.")
    async def webhook(self, info: GraphQLInfo) -> Webhook | None:
        context = info.context
        row = await read_webhooks.get_webhook(context.services, context.caller, self.webhook_id)
        return webhook_of(row) if row else None

    @strawberry.field(
        description="Every attempt, first to last.", metadata=list_length(_MOST_ATTEMPTS)
    )
    async def attempts(self, info: GraphQLInfo) -> list[DeliveryAttempt]:
        rows = await read_webhooks.attempts_to_deliver(info.context.services, self.row)
        return [
            DeliveryAttempt(
                number=row.number,
                started_at=Milliseconds(row.started_at),
                duration_ms=row.duration_ms,
                status_code=row.status_code,
                error=row.error,
                response_excerpt=row.response_excerpt,
                succeeded=is_success(row.status_code),
            )
            for row in rows
        ]


def delivery_of(row: Delivery) -> WebhookDelivery:
    """One delivery as GraphQL shows it."""
    return WebhookDelivery(
        id=strawberry.ID(row.id),
        webhook_id=row.webhook_id,
        event=WebhookEvent(row.event),
        task_id=strawberry.ID(row.task_id) if row.task_id else None,
        body=row.body,
        status=DeliveryStatus(row.status),
        attempt_count=row.attempt_count,
        next_attempt_at=optional_time(row.next_attempt_at),
        created_at=Milliseconds(row.created_at),
        delivered_at=optional_time(row.delivered_at),
        failure_reason=row.failure_reason,
        last_error=row.last_error,
        last_status_code=row.last_status_code,
        row=row,
    )


def deliveries_of(rows: list[Delivery]) -> list[WebhookDelivery]:
    """Deliveries as GraphQL shows them."""
    return [delivery_of(row) for row in rows]


@strawberry.type(description="A delivery and its place in the list.")
class WebhookDeliveryEdge:
    cursor: str
    node: WebhookDelivery


@strawberry.type(description="A page of deliveries, newest first.")
class WebhookDeliveryConnection:
    nodes: list[WebhookDelivery]
    page_info: PageInfo

    @strawberry.field(description="The same deliveries, each with its cursor.")
    def edges(self) -> list[WebhookDeliveryEdge]:
        return [
            WebhookDeliveryEdge(cursor=cursor_of(node.row.seq), node=node) for node in self.nodes
        ]


def _connection_of(page: DeliveryPage, *, has_previous: bool) -> WebhookDeliveryConnection:
    return WebhookDeliveryConnection(
        nodes=deliveries_of(page.deliveries),
        page_info=page_info(
            [row.seq for row in page.deliveries],
            has_next=page.has_more,
            has_previous=has_previous,
        ),
    )


@strawberry.type(description="A delivery that is on its way.")
class DeliveryPayload:
    delivery: WebhookDelivery


@strawberry.type(description="How many deliveries are sent again, or sooner.")
class RecoverDeliveriesPayload:
    count: int


@strawberry.type
class DeliveryQuery:
    @strawberry.field(description="One delivery; null when there is none.")
    async def delivery(self, info: GraphQLInfo, id: strawberry.ID) -> WebhookDelivery | None:
        row = await read_webhooks.get_delivery(info.context.services, info.context.caller, id)
        return delivery_of(row) if row else None

    @strawberry.field(description="The workspace's deliveries, newest first; first: 1 to 100.")
    async def deliveries(
        self,
        info: GraphQLInfo,
        webhook_id: int | None = None,
        task_id: strawberry.ID | None = None,
        status: DeliveryStatus | None = None,
        first: int = 50,
        after: str | None = None,
    ) -> WebhookDeliveryConnection:
        before_seq = seq_of(after)
        page = await read_webhooks.page_of_deliveries(
            info.context.services,
            info.context.caller,
            webhook_id=webhook_id,
            task_id=task_id,
            status=status,
            first=first,
            before_seq=before_seq,
        )
        return _connection_of(page, has_previous=before_seq is not None)


@strawberry.type
class DeliveryMutation:
    @strawberry.mutation(description="Send a signed event with made-up data, marked as a test.")
    async def send_test_event(
        self,
        info: GraphQLInfo,
        webhook_id: int,
        event: WebhookEvent = WebhookEvent.TASK_COMPLETED,
    ) -> DeliveryPayload:
        context = info.context
        row = await send_test_event(context.services, context.caller, webhook_id, event)
        return DeliveryPayload(delivery=delivery_of(row))

    @strawberry.mutation(
        description="Send the same body again: a new delivery, or, of one that is still pending, "
        "its next attempt now."
    )
    async def redeliver(self, info: GraphQLInfo, delivery_id: strawberry.ID) -> DeliveryPayload:
        row = await redeliver(info.context.services, info.context.caller, delivery_id)
        return DeliveryPayload(delivery=delivery_of(row))

    @strawberry.mutation(
        description="Send everything again that failed since then, and now what is still pending."
    )
    async def recover_deliveries(
        self, info: GraphQLInfo, webhook_id: int, since: TimeText
    ) -> RecoverDeliveriesPayload:
        context = info.context
        count = await recover_deliveries(context.services, context.caller, webhook_id, since)
        return RecoverDeliveriesPayload(count=count)
