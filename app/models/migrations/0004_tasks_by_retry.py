"""Finds a task's retries."""

from tortoise import migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0003_webhook_last_failure")]

    operations = [
        ops.RunSQL(
            "CREATE INDEX tasks_by_retry ON tasks (retry_of) WHERE retry_of IS NOT NULL",
            "DROP INDEX tasks_by_retry",
        )
    ]
