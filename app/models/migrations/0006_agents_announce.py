"""What agents say of themselves, that they go, and which attempts were dry runs."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0005_webhook_health")]

    operations = [
        ops.AddField("Agent", "offline_at", fields.BigIntField(null=True)),
        ops.AddField("Agent", "announced_at", fields.BigIntField(null=True)),
        ops.AddField("Agent", "features", fields.TextField(null=True)),
        ops.AddField("Agent", "driver", fields.TextField(null=True)),
        ops.AddField("Agent", "driver_version", fields.TextField(null=True)),
        ops.AddField("Agent", "is_attended", fields.BooleanField(null=True)),
        ops.AddField("Agent", "is_dry_run", fields.BooleanField(null=True)),
        ops.AddField("TaskAttempt", "is_dry_run", fields.BooleanField(null=True)),
    ]
