from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name="Agent",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=64),
                ),
                ("workspace_id", fields.CharField(db_index=True, max_length=64)),
                ("name", fields.TextField(unique=False)),
                ("hint", fields.CharField(max_length=32)),
                ("token_hash", fields.CharField(unique=True, max_length=64)),
                ("version", fields.CharField(null=True, max_length=64)),
                ("created_at", fields.BigIntField()),
                ("last_seen_at", fields.BigIntField(null=True)),
                ("revoked_at", fields.BigIntField(null=True)),
            ],
            options={
                "table": "agents",
                "app": "models",
                "pk_attr": "id",
                "table_description": "A desktop app on a customer's machine.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ApiKey",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=64),
                ),
                ("workspace_id", fields.CharField(db_index=True, max_length=64)),
                ("name", fields.TextField(unique=False)),
                ("hint", fields.CharField(max_length=32)),
                ("token_hash", fields.CharField(unique=True, max_length=64)),
                ("created_at", fields.BigIntField()),
                ("last_used_at", fields.BigIntField(null=True)),
                ("expires_at", fields.BigIntField(null=True)),
                ("revoked_at", fields.BigIntField(null=True)),
            ],
            options={
                "table": "api_keys",
                "app": "models",
                "pk_attr": "id",
                "table_description": "What programs come in with.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="DailyCount",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("linkedin_account_id", fields.CharField(max_length=64)),
                ("workspace_id", fields.CharField(max_length=64)),
                ("day", fields.CharField(max_length=10)),
                ("created", fields.IntField(default=0)),
                ("completed", fields.IntField(default=0)),
                ("failed", fields.IntField(default=0)),
                ("cancelled", fields.IntField(default=0)),
            ],
            options={
                "table": "daily_counts",
                "app": "models",
                "unique_together": (("linkedin_account_id", "day"),),
                "indexes": [Index(fields=["workspace_id", "day"])],
                "pk_attr": "id",
                "table_description": "What one account did on one UTC day.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Delivery",
            fields=[
                (
                    "seq",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("id", fields.CharField(unique=True, max_length=64)),
                ("workspace_id", fields.CharField(max_length=64)),
                ("webhook_id", fields.IntField()),
                ("event", fields.CharField(max_length=24)),
                ("task_id", fields.CharField(null=True, db_index=True, max_length=64)),
                ("body", fields.TextField(unique=False)),
                ("status", fields.CharField(max_length=16)),
                ("attempt_count", fields.IntField(default=0)),
                ("next_attempt_at", fields.BigIntField(null=True)),
                ("claim_token", fields.CharField(null=True, max_length=64)),
                ("claimed_until", fields.BigIntField(null=True)),
                ("created_at", fields.BigIntField()),
                ("updated_at", fields.BigIntField()),
                ("delivered_at", fields.BigIntField(null=True)),
                ("failure_reason", fields.TextField(null=True, unique=False)),
                ("redelivered_as", fields.CharField(null=True, max_length=64)),
            ],
            options={
                "table": "deliveries",
                "app": "models",
                "indexes": [
                    Index(fields=["workspace_id", "seq"]),
                    Index(fields=["webhook_id", "seq"]),
                ],
                "pk_attr": "seq",
                "table_description": "One event on its way to one webhook, outlives the webhook.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="DeliveryAttempt",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("delivery_seq", fields.BigIntField()),
                ("number", fields.IntField()),
                ("started_at", fields.BigIntField()),
                ("duration_ms", fields.IntField()),
                ("status_code", fields.IntField(null=True)),
                ("error", fields.TextField(null=True, unique=False)),
                ("response_excerpt", fields.TextField(null=True, unique=False)),
            ],
            options={
                "table": "delivery_attempts",
                "app": "models",
                "unique_together": (("delivery_seq", "number"),),
                "pk_attr": "id",
                "table_description": "One try to send a delivery.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="IdempotencyKey",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("workspace_id", fields.CharField(max_length=64)),
                ("key", fields.CharField(max_length=255)),
                ("fingerprint", fields.CharField(max_length=64)),
                ("sent_account_id", fields.CharField(null=True, max_length=255)),
                ("task_id", fields.CharField(max_length=64)),
                ("expires_at", fields.BigIntField(db_index=True)),
            ],
            options={
                "table": "idempotency_keys",
                "app": "models",
                "unique_together": (("workspace_id", "key"),),
                "pk_attr": "id",
                "table_description": "A workspace's key for one order, and the task that it made.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="LinkedInAccount",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=64),
                ),
                ("workspace_id", fields.CharField(max_length=64)),
                ("name", fields.TextField(unique=False)),
                ("profile_url", fields.TextField(unique=False)),
                ("profile_key", fields.TextField(unique=False)),
                ("status", fields.CharField(max_length=16)),
                ("is_default", fields.BooleanField(default=False)),
                ("created_at", fields.BigIntField()),
            ],
            options={
                "table": "linkedin_accounts",
                "app": "models",
                "unique_together": (("workspace_id", "profile_key"),),
                "pk_attr": "id",
                "table_description": "A LinkedIn account that tasks are carried out with.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Session",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=64),
                ),
                ("token_hash", fields.CharField(unique=True, max_length=64)),
                ("user_id", fields.CharField(db_index=True, max_length=64)),
                ("workspace_id", fields.CharField(max_length=64)),
                ("created_at", fields.BigIntField()),
                ("last_used_at", fields.BigIntField()),
                ("expires_at", fields.BigIntField(db_index=True)),
            ],
            options={
                "table": "sessions",
                "app": "models",
                "pk_attr": "id",
                "table_description": "A signed-in browser. The token stands only as its hash.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="SignInFailure",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("subject", fields.CharField(max_length=320)),
                ("failed_at", fields.BigIntField(db_index=True)),
            ],
            options={
                "table": "sign_in_failures",
                "app": "models",
                "indexes": [Index(fields=["subject", "failed_at"])],
                "pk_attr": "id",
                "table_description": "One wrong password, counted against an email and against an address.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Task",
            fields=[
                (
                    "seq",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("id", fields.CharField(unique=True, max_length=64)),
                ("workspace_id", fields.CharField(max_length=64)),
                ("linkedin_account_id", fields.CharField(max_length=64)),
                ("action_type", fields.CharField(max_length=24)),
                ("status", fields.CharField(max_length=16)),
                ("payload", fields.TextField(unique=False)),
                ("priority", fields.IntField()),
                ("max_retries", fields.IntField()),
                ("attempt_count", fields.IntField(default=0)),
                ("claim_count", fields.IntField(default=0)),
                ("result", fields.TextField(null=True, unique=False)),
                ("retry_of", fields.CharField(null=True, max_length=64)),
                ("scheduled_at", fields.BigIntField(null=True)),
                ("not_before", fields.BigIntField(null=True)),
                ("agent_id", fields.CharField(null=True, max_length=64)),
                ("lease_token", fields.CharField(null=True, max_length=64)),
                ("lease_expires_at", fields.BigIntField(null=True)),
                ("created_at", fields.BigIntField()),
                ("updated_at", fields.BigIntField()),
                ("started_at", fields.BigIntField(null=True)),
                ("completed_at", fields.BigIntField(null=True)),
                ("version", fields.IntField(default=1)),
            ],
            options={
                "table": "tasks",
                "app": "models",
                "indexes": [
                    Index(fields=["workspace_id", "seq"]),
                    Index(fields=["linkedin_account_id", "seq"]),
                ],
                "pk_attr": "seq",
                "table_description": "One LinkedIn action that somebody ordered. Times are milliseconds since the epoch.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="TaskAttempt",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("task_seq", fields.BigIntField()),
                ("number", fields.IntField()),
                ("agent_id", fields.CharField(max_length=64)),
                ("lease_token", fields.CharField(max_length=64)),
                ("outcome", fields.CharField(max_length=16)),
                ("claimed_at", fields.BigIntField()),
                ("started_at", fields.BigIntField(null=True)),
                ("finished_at", fields.BigIntField(null=True)),
                ("error", fields.TextField(null=True, unique=False)),
                ("report", fields.TextField(null=True, unique=False)),
                ("late_report", fields.TextField(null=True, unique=False)),
            ],
            options={
                "table": "task_attempts",
                "app": "models",
                "unique_together": (("task_seq", "number"),),
                "pk_attr": "id",
                "table_description": "One claim of a task and what came of it, what the agent reported is kept word for word.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=64),
                ),
                ("workspace_id", fields.CharField(db_index=True, max_length=64)),
                ("email", fields.CharField(unique=True, max_length=254)),
                ("password_hash", fields.TextField(unique=False)),
                ("created_at", fields.BigIntField()),
            ],
            options={
                "table": "users",
                "app": "models",
                "pk_attr": "id",
                "table_description": "A person who can sign in.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Webhook",
            fields=[
                (
                    "id",
                    fields.IntField(generated=True, primary_key=True, unique=True, db_index=True),
                ),
                ("workspace_id", fields.CharField(db_index=True, max_length=64)),
                ("url", fields.TextField(unique=False)),
                ("events", fields.TextField(unique=False)),
                ("enabled", fields.BooleanField(default=True)),
                ("disabled_reason", fields.TextField(null=True, unique=False)),
                ("failing_since", fields.BigIntField(null=True)),
                ("secret", fields.TextField(unique=False)),
                ("previous_secret", fields.TextField(null=True, unique=False)),
                ("previous_secret_expires_at", fields.BigIntField(null=True)),
                ("created_at", fields.BigIntField()),
                ("updated_at", fields.BigIntField()),
            ],
            options={
                "table": "webhooks",
                "app": "models",
                "pk_attr": "id",
                "table_description": "Where a workspace wants to be told. Secrets stand encrypted, `events` is a JSON list.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Workspace",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=64),
                ),
                ("name", fields.TextField(unique=False)),
                ("subscription_status", fields.CharField(max_length=16)),
                ("subscription_ends_at", fields.BigIntField(null=True)),
                ("created_at", fields.BigIntField()),
            ],
            options={
                "table": "workspaces",
                "app": "models",
                "pk_attr": "id",
                "table_description": "What everything belongs to. Times are milliseconds since the epoch.",
            },
            bases=["Model"],
        ),
    ]
