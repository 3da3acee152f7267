"""Finds what a workspace holds and what it revoked or disconnected last, however much that was."""

from tortoise import migrations
from tortoise.migrations import operations as ops

INDEXES = {
    "api_keys_by_revocation": "api_keys (workspace_id, revoked_at)",
    "agents_by_revocation": "agents (workspace_id, revoked_at)",
    "linkedin_accounts_by_status": "linkedin_accounts (workspace_id, status, created_at)",
}


class Migration(migrations.Migration):
    dependencies = [("models", "0006_agents_announce")]

    operations = [
        ops.RunSQL(f"CREATE INDEX {name} ON {columns}", f"DROP INDEX {name}")
        for name, columns in INDEXES.items()
    ]
