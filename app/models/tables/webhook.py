"""Webhooks, the deliveries they are owed, and every attempt at one."""

from tortoise import fields
from tortoise.models import Model

from app.domain.webhooks.webhook_health import WebhookHealth


class Webhook(Model):
    """A workspace's webhook. Secrets are encrypted, `events` is a JSON list.

    `failing_since` and `last_failed_at` count the days after which it is switched off; they begin
    anew when it is enabled. The health that people see is in `last_attempt_at`, `last_error`,
    `failures_in_a_row` and `first_failure_at`.
    """

    id = fields.IntField(primary_key=True)
    workspace_id = fields.CharField(64, db_index=True)
    url = fields.TextField()
    events = fields.TextField()
    enabled = fields.BooleanField(default=True)
    disabled_reason = fields.TextField(null=True)
    failing_since = fields.BigIntField(null=True)
    last_failed_at = fields.BigIntField(null=True)
    last_attempt_at = fields.BigIntField(null=True)
    last_error = fields.TextField(null=True)
    failures_in_a_row = fields.IntField(null=True)
    first_failure_at = fields.BigIntField(null=True)
    secret = fields.TextField()
    previous_secret = fields.TextField(null=True)
    previous_secret_expires_at = fields.BigIntField(null=True)
    created_at = fields.BigIntField()
    updated_at = fields.BigIntField()

    class Meta:
        table = "webhooks"

    @property
    def health(self) -> WebhookHealth:
        """The health that people see."""
        return WebhookHealth(
            self.last_attempt_at,
            self.last_error,
            self.failures_in_a_row or 0,
            self.first_failure_at,
        )


class Delivery(Model):
    """One event on its way to one webhook, outlives the webhook.

    A worker that sends it holds it until `claimed_until` under `claim_token`, a result is taken
    only from who still holds it.
    """

    seq = fields.BigIntField(primary_key=True)
    id = fields.CharField(64, unique=True)
    workspace_id = fields.CharField(64)
    webhook_id = fields.IntField()
    event = fields.CharField(24)
    task_id = fields.CharField(64, null=True, db_index=True)
    body = fields.TextField()
    status = fields.CharField(16)
    attempt_count = fields.IntField(default=0)
    next_attempt_at = fields.BigIntField(null=True)
    claim_token = fields.CharField(64, null=True)
    claimed_until = fields.BigIntField(null=True)
    created_at = fields.BigIntField()
    updated_at = fields.BigIntField()
    delivered_at = fields.BigIntField(null=True)
    failure_reason = fields.TextField(null=True)
    redelivered_as = fields.CharField(64, null=True)
    last_error = fields.TextField(null=True)
    last_status_code = fields.IntField(null=True)

    class Meta:
        table = "deliveries"
        indexes = (("workspace_id", "seq"), ("webhook_id", "seq"))


class DeliveryAttempt(Model):
    """One try to send a delivery."""

    id = fields.BigIntField(primary_key=True)
    delivery_seq = fields.BigIntField()
    number = fields.IntField()
    started_at = fields.BigIntField()
    duration_ms = fields.IntField()
    status_code = fields.IntField(null=True)
    error = fields.TextField(null=True)
    response_excerpt = fields.TextField(null=True)

    class Meta:
        table = "delivery_attempts"
        unique_together = (("delivery_seq", "number"),)
