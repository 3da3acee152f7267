"""Workspaces and the people in them."""

from tortoise import fields
from tortoise.models import Model


class Workspace(Model):
    """A workspace, to which everything belongs. Times are milliseconds since the epoch."""

    id = fields.CharField(64, primary_key=True)
    name = fields.TextField()
    subscription_status = fields.CharField(16)
    subscription_ends_at = fields.BigIntField(null=True)
    created_at = fields.BigIntField()

    class Meta:
        table = "workspaces"


class User(Model):
    """A person who can sign in."""

    id = fields.CharField(64, primary_key=True)
    workspace_id = fields.CharField(64, db_index=True)
    email = fields.CharField(254, unique=True)
    password_hash = fields.TextField()
    created_at = fields.BigIntField()

    class Meta:
        table = "users"


class Session(Model):
    """A signed-in browser. Of the token only a hash is stored."""

    id = fields.CharField(64, primary_key=True)
    token_hash = fields.CharField(64, unique=True)
    user_id = fields.CharField(64, db_index=True)
    workspace_id = fields.CharField(64)
    created_at = fields.BigIntField()
    last_used_at = fields.BigIntField()
    expires_at = fields.BigIntField(db_index=True)

    class Meta:
        table = "sessions"


class SignInFailure(Model):
    """One wrong password, counted against an email and against an address."""

    id = fields.BigIntField(primary_key=True)
    subject = fields.CharField(320)
    failed_at = fields.BigIntField(db_index=True)

    class Meta:
        table = "sign_in_failures"
        indexes = (("subject", "failed_at"),)
