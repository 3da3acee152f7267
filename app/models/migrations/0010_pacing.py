"""Pacing: what an account may do and when, what it did, and what LinkedIn stopped."""

from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

# `tasks_claimable_by_action` keeps the cost of a paced claim flat; `tasks_one_paced` lets an account
# that is paced have one task queued or processing, whatever the processes do;
# `account_actions_by_hand` counts manual work once.
INDEXES = {
    "tasks_claimable_by_action": (
        "INDEX {} ON tasks (linkedin_account_id, action_type, priority DESC, seq) "
        "WHERE status = 'pending' AND not_before IS NULL"
    ),
    "tasks_one_paced": (
        "UNIQUE INDEX {} ON tasks (linkedin_account_id) "
        "WHERE is_paced AND status IN ('queued', 'processing')"
    ),
    "tasks_held": (
        "INDEX {} ON tasks (linkedin_account_id) WHERE status IN ('queued', 'processing')"
    ),
    "tasks_due_later": (
        "INDEX {} ON tasks (linkedin_account_id, not_before) "
        "WHERE status = 'pending' AND not_before IS NOT NULL"
    ),
    "account_actions_by_hand": (
        "UNIQUE INDEX {} ON account_actions "
        "(linkedin_account_id, action_type, person_key, (at / 60000)) WHERE source = 'manual'"
    ),
    "account_gates_to_announce": ("INDEX {} ON account_gates (opens_at) WHERE NOT is_announced"),
    "linkedin_accounts_to_resume": (
        "INDEX {} ON linkedin_accounts (paused_until) WHERE paused_until IS NOT NULL"
    ),
}


class Migration(migrations.Migration):
    dependencies = [("models", "0009_deliveries_fillfactor")]

    operations = [
        ops.CreateModel(
            name="AccountAction",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("workspace_id", fields.CharField(max_length=64)),
                ("linkedin_account_id", fields.CharField(max_length=64)),
                ("action_type", fields.CharField(max_length=24)),
                ("person_key", fields.TextField(unique=False)),
                ("at", fields.BigIntField()),
                ("source", fields.CharField(max_length=16)),
                ("state", fields.CharField(max_length=16)),
                ("gap_fraction", fields.FloatField(null=True)),
                ("task_seq", fields.BigIntField(null=True)),
                ("attempt_number", fields.IntField(null=True)),
            ],
            options={
                "table": "account_actions",
                "app": "models",
                "unique_together": (("task_seq", "attempt_number"),),
                "indexes": [
                    Index(fields=["linkedin_account_id", "at"]),
                    Index(fields=["workspace_id", "person_key", "at"]),
                ],
                "pk_attr": "id",
                "table_description": "One action that an account began, through a task or by hand.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="AccountGate",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("linkedin_account_id", fields.CharField(max_length=64)),
                ("action_type", fields.CharField(max_length=24)),
                ("opens_at", fields.BigIntField()),
                ("closes_at", fields.BigIntField(db_index=True)),
                ("locked_until", fields.BigIntField()),
                ("reason", fields.CharField(null=True, max_length=24)),
                ("is_announced", fields.BooleanField()),
            ],
            options={
                "table": "account_gates",
                "app": "models",
                "unique_together": (("linkedin_account_id", "action_type"),),
                "pk_attr": "id",
                "table_description": "When an account's next action of one kind may begin: from `opens_at` until `closes_at`.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="AccountPacing",
            fields=[
                (
                    "linkedin_account_id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=64),
                ),
                ("workspace_id", fields.CharField(max_length=64)),
                ("is_on", fields.BooleanField()),
                ("is_gated", fields.BooleanField()),
                ("time_zone", fields.CharField(null=True, max_length=64)),
                ("hours", fields.TextField(null=True, unique=False)),
                ("per_day", fields.IntField(null=True)),
                ("ramp_days", fields.IntField(null=True)),
            ],
            options={
                "table": "account_pacing",
                "app": "models",
                "pk_attr": "linkedin_account_id",
                "table_description": "What the owner of an account allows. An account without a row is not paced.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ActionLimit",
            fields=[
                (
                    "id",
                    fields.BigIntField(
                        generated=True, primary_key=True, unique=True, db_index=True
                    ),
                ),
                ("linkedin_account_id", fields.CharField(max_length=64)),
                ("action_type", fields.CharField(max_length=24)),
                ("per_day", fields.IntField(null=True)),
                ("per_week", fields.IntField(null=True)),
                ("gap_min_seconds", fields.IntField(null=True)),
                ("gap_max_seconds", fields.IntField(null=True)),
            ],
            options={
                "table": "action_limits",
                "app": "models",
                "unique_together": (("linkedin_account_id", "action_type"),),
                "pk_attr": "id",
                "table_description": "An account's limits for one kind of action, a null one is the default.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ProviderLock",
            fields=[
                (
                    "id",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=64),
                ),
                ("workspace_id", fields.CharField(max_length=64)),
                ("linkedin_account_id", fields.CharField(db_index=True, max_length=64)),
                ("action_type", fields.CharField(null=True, max_length=24)),
                ("code", fields.CharField(max_length=24)),
                ("until", fields.BigIntField()),
                ("factor", fields.IntField()),
                ("reported_at", fields.BigIntField()),
                ("lifted_at", fields.BigIntField(null=True)),
                ("task_id", fields.CharField(null=True, max_length=64)),
                ("agent_id", fields.CharField(null=True, max_length=64)),
            ],
            options={
                "table": "provider_locks",
                "app": "models",
                "pk_attr": "id",
                "table_description": "LinkedIn's own stop of one kind of action, or (null) of the whole account.",
            },
            bases=["Model"],
        ),
        ops.AddField(
            model_name="LinkedInAccount",
            name="paused_by",
            field=fields.TextField(null=True, unique=False),
        ),
        ops.AddField(
            model_name="LinkedInAccount",
            name="paused_note",
            field=fields.TextField(null=True, unique=False),
        ),
        ops.AddField(
            model_name="LinkedInAccount",
            name="paused_until",
            field=fields.BigIntField(null=True),
        ),
        ops.AddField(
            model_name="Task",
            name="is_paced",
            field=fields.BooleanField(null=True),
        ),
        *(
            ops.RunSQL(f"CREATE {rest.format(name)}", f"DROP INDEX {name}")
            for name, rest in INDEXES.items()
        ),
    ]
