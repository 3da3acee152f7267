"""Indexes over part of a table, which Tortoise's own index classes cannot express.

`tasks_claimable` keeps a claim's cost flat; `tasks_one_running` holds the rule of one task at a
time for an account whatever the processes do.
"""

from tortoise import migrations
from tortoise.migrations import operations as ops

INDEXES = {
    "tasks_claimable": (
        "INDEX {} ON tasks (linkedin_account_id, priority DESC, seq) "
        "WHERE status = 'pending' AND not_before IS NULL"
    ),
    "tasks_waiting": (
        "INDEX {} ON tasks (not_before) WHERE status = 'pending' AND not_before IS NOT NULL"
    ),
    "tasks_one_running": (
        "UNIQUE INDEX {} ON tasks (linkedin_account_id) WHERE status = 'processing'"
    ),
    "tasks_leased": (
        "INDEX {} ON tasks (lease_expires_at) WHERE status IN ('queued', 'processing')"
    ),
    "tasks_by_change": "INDEX {} ON tasks (workspace_id, updated_at)",
    "tasks_by_status": "INDEX {} ON tasks (workspace_id, status, seq)",
    "linkedin_accounts_one_default": (
        "UNIQUE INDEX {} ON linkedin_accounts (workspace_id) WHERE is_default"
    ),
    "deliveries_due": (
        "INDEX {} ON deliveries (webhook_id, next_attempt_at) WHERE status = 'pending'"
    ),
    "deliveries_by_change": "INDEX {} ON deliveries (workspace_id, updated_at)",
    "deliveries_final": "INDEX {} ON deliveries (updated_at) WHERE status <> 'pending'",
}


class Migration(migrations.Migration):
    dependencies = [("models", "0001_initial")]

    operations = [
        ops.RunSQL(f"CREATE {definition.format(name)}", f"DROP INDEX {name}")
        for name, definition in INDEXES.items()
    ]
