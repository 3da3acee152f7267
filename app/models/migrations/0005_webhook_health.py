"""How webhooks fare, what the last attempt at a delivery said, and which agent serves whom."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

# What was known before: the latest attempt at the newest delivery that was tried at all.
_LATEST = """
UPDATE webhooks SET
    first_failure_at = failing_since,
    failures_in_a_row = CASE WHEN failing_since IS NULL THEN 0 ELSE 1 END,
    last_attempt_at = (
        SELECT max(started_at) FROM delivery_attempts WHERE delivery_seq = (
            SELECT seq FROM deliveries
            WHERE deliveries.webhook_id = webhooks.id AND attempt_count > 0
            ORDER BY seq DESC LIMIT 1
        )
    )
"""


class Migration(migrations.Migration):
    dependencies = [("models", "0004_tasks_by_retry")]

    operations = [
        ops.AddField("Webhook", "last_attempt_at", fields.BigIntField(null=True)),
        ops.AddField("Webhook", "last_error", fields.TextField(null=True)),
        ops.AddField("Webhook", "failures_in_a_row", fields.IntField(null=True)),
        ops.AddField("Webhook", "first_failure_at", fields.BigIntField(null=True)),
        ops.AddField("Delivery", "last_error", fields.TextField(null=True)),
        ops.AddField("Delivery", "last_status_code", fields.IntField(null=True)),
        ops.RunSQL(_LATEST, "SELECT 1"),
        ops.CreateModel(
            name="AgentAccount",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("workspace_id", fields.CharField(db_index=True, max_length=64)),
                ("agent_id", fields.CharField(max_length=64)),
                ("linkedin_account_id", fields.CharField(max_length=64)),
                ("first_at", fields.BigIntField()),
                ("last_at", fields.BigIntField()),
            ],
            options={
                "table": "agent_accounts",
                "app": "models",
                "pk_attr": "id",
                "unique_together": (("agent_id", "linkedin_account_id"),),
                "table_description": "Which agent serves which LinkedIn account.",
            },
            bases=["Model"],
        ),
    ]
