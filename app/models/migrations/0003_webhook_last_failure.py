from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("models", "0002_partial_indexes")]

    operations = [
        ops.AddField(
            model_name="Webhook",
            name="last_failed_at",
            field=fields.BigIntField(null=True),
        ),
    ]
