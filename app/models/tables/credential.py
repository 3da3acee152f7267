"""API keys and desktop agents. Of tokens only hashes are stored."""

from tortoise import fields
from tortoise.models import Model


class ApiKey(Model):
    """The credential of a program."""

    id = fields.CharField(64, primary_key=True)
    workspace_id = fields.CharField(64, db_index=True)
    name = fields.TextField()
    hint = fields.CharField(32)
    token_hash = fields.CharField(64, unique=True)
    created_at = fields.BigIntField()
    last_used_at = fields.BigIntField(null=True)
    expires_at = fields.BigIntField(null=True)
    revoked_at = fields.BigIntField(null=True)

    class Meta:
        table = "api_keys"


class Agent(Model):
    """A desktop app on a customer's machine.

    What it announced of itself is null until it does; `features` is a JSON list. `offline_at` is
    when it last went offline.
    """

    id = fields.CharField(64, primary_key=True)
    workspace_id = fields.CharField(64, db_index=True)
    name = fields.TextField()
    hint = fields.CharField(32)
    token_hash = fields.CharField(64, unique=True)
    version = fields.CharField(64, null=True)
    created_at = fields.BigIntField()
    last_seen_at = fields.BigIntField(null=True)
    revoked_at = fields.BigIntField(null=True)
    offline_at = fields.BigIntField(null=True)
    announced_at = fields.BigIntField(null=True)
    features = fields.TextField(null=True)
    driver = fields.TextField(null=True)
    driver_version = fields.TextField(null=True)
    is_attended = fields.BooleanField(null=True)
    is_dry_run = fields.BooleanField(null=True)

    class Meta:
        table = "agents"


class AgentAccount(Model):
    """Which agent serves which LinkedIn account.

    That is: it requested the account's work, first and last at these times; the last one is written
    at intervals. `*` in place of an account means all of the workspace's.
    """

    id = fields.BigIntField(primary_key=True)
    workspace_id = fields.CharField(64, db_index=True)
    agent_id = fields.CharField(64)
    linkedin_account_id = fields.CharField(64)
    first_at = fields.BigIntField()
    last_at = fields.BigIntField()

    class Meta:
        table = "agent_accounts"
        unique_together = (("agent_id", "linkedin_account_id"),)
