"""Webhooks: the URLs that receive events."""

import json

import strawberry

from app.actions.webhooks import read_webhooks
from app.actions.webhooks.create_webhook import create_webhook
from app.actions.webhooks.delete_webhook import delete_webhook
from app.actions.webhooks.rotate_webhook_secret import rotate_webhook_secret
from app.actions.webhooks.update_webhook import update_webhook
from app.domain.webhooks.webhook import NewWebhook, WebhookChange
from app.models.tables.webhook import Webhook as WebhookRow
from app.schema.context import GraphQLInfo
from app.schema.types.enums import WebhookEvent, WebhookState
from app.schema.types.inputs import input_of, validated
from app.schema.types.scalars import Milliseconds, optional_time


@strawberry.type(description="The number of deliveries by status.")
class DeliveryCounts:
    delivered: int
    failed: int
    pending: int


@strawberry.type(description="The health of a webhook, from its latest attempts.")
class WebhookHealth:
    state: WebhookState
    failing_since: Milliseconds | None = strawberry.field(
        description="When the first of the failures in a row began; null after a success."
    )
    last_attempt_at: Milliseconds | None
    last_error: str | None = strawberry.field(
        description="What went wrong at the last attempt; null when it succeeded."
    )


@strawberry.type(description="A URL that receives events about tasks.")
class Webhook:
    id: int
    url: str
    events: list[WebhookEvent]
    enabled: bool
    disabled_reason: str | None
    created_at: Milliseconds
    updated_at: Milliseconds
    health: WebhookHealth

    @strawberry.field(
        description="How the deliveries of the last 24 hours fared, the newest 1,000 of them."
    )
    async def recent_deliveries(self, info: GraphQLInfo) -> DeliveryCounts:
        counts = await read_webhooks.recent_deliveries(info.context.services, self.id)
        return DeliveryCounts(
            delivered=counts.delivered, failed=counts.failed, pending=counts.pending
        )


def webhook_of(row: WebhookRow) -> Webhook:
    """One webhook as GraphQL shows it."""
    return Webhook(
        id=row.id,
        url=row.url,
        events=[WebhookEvent(event) for event in json.loads(row.events)],
        enabled=row.enabled,
        disabled_reason=row.disabled_reason,
        created_at=Milliseconds(row.created_at),
        updated_at=Milliseconds(row.updated_at),
        health=_health_of(row),
    )


def _health_of(row: WebhookRow) -> WebhookHealth:
    health = row.health
    return WebhookHealth(
        state=health.state(is_enabled=row.enabled),
        failing_since=optional_time(health.failing_since),
        last_attempt_at=optional_time(health.last_attempt_at),
        last_error=health.last_error,
    )


@input_of(NewWebhook, "A webhook to register.")
class CreateWebhookInput:
    pass


@input_of(WebhookChange, "What to change; left out or null leaves a thing as it is.")
class UpdateWebhookInput:
    pass


@strawberry.type(description="A new webhook; its secret is shown here and never again.")
class CreateWebhookPayload:
    webhook: Webhook
    secret: str


@strawberry.type(description="A webhook after a change.")
class WebhookPayload:
    webhook: Webhook


@strawberry.type(description="The id of a webhook that was deleted.")
class DeleteWebhookPayload:
    id: int


@strawberry.type(description="The new secret; the old one signs too until it expires.")
class RotateWebhookSecretPayload:
    webhook: Webhook
    secret: str
    previous_secret_expires_at: Milliseconds


@strawberry.type
class WebhookQuery:
    @strawberry.field(description="One webhook; null when there is none.")
    async def webhook(self, info: GraphQLInfo, id: int) -> Webhook | None:
        row = await read_webhooks.get_webhook(info.context.services, info.context.caller, id)
        return webhook_of(row) if row else None

    @strawberry.field(description="The workspace's webhooks, oldest first.")
    async def webhooks(self, info: GraphQLInfo) -> list[Webhook]:
        rows = await read_webhooks.all_webhooks(info.context.services, info.context.caller)
        return [webhook_of(row) for row in rows]


@strawberry.type
class WebhookMutation:
    @strawberry.mutation(description="Register an https address for events.")
    async def create_webhook(
        self, info: GraphQLInfo, input: CreateWebhookInput
    ) -> CreateWebhookPayload:
        context = info.context
        new = validated(info, NewWebhook, input)
        created = await create_webhook(context.services, context.caller, new)
        return CreateWebhookPayload(webhook=webhook_of(created.webhook), secret=created.secret)

    @strawberry.mutation(description="Change a webhook; enabling it goes on with what is pending.")
    async def update_webhook(self, info: GraphQLInfo, input: UpdateWebhookInput) -> WebhookPayload:
        context = info.context
        change = validated(info, WebhookChange, input)
        row = await update_webhook(context.services, context.caller, change)
        return WebhookPayload(webhook=webhook_of(row))

    @strawberry.mutation(description="Delete a webhook; the log of its deliveries stays.")
    async def delete_webhook(self, info: GraphQLInfo, id: int) -> DeleteWebhookPayload:
        await delete_webhook(info.context.services, info.context.caller, id)
        return DeleteWebhookPayload(id=id)

    @strawberry.mutation(description="Create a new secret; for 24 hours both secrets sign.")
    async def rotate_webhook_secret(self, info: GraphQLInfo, id: int) -> RotateWebhookSecretPayload:
        rotated = await rotate_webhook_secret(info.context.services, info.context.caller, id)
        return RotateWebhookSecretPayload(
            webhook=webhook_of(rotated.webhook),
            secret=rotated.secret,
            previous_secret_expires_at=Milliseconds(rotated.previous_secret_expires_at),
        )
