"""LinkedIn accounts and what they did each day."""

from tortoise import fields
from tortoise.models import Model


class LinkedInAccount(Model):
    """A LinkedIn account that tasks are carried out with."""

    id = fields.CharField(64, primary_key=True)
    workspace_id = fields.CharField(64)
    name = fields.TextField()
    profile_url = fields.TextField()
    profile_key = fields.TextField()
    status = fields.CharField(16)
    is_default = fields.BooleanField(default=False)
    created_at = fields.BigIntField()
    paused_note = fields.TextField(null=True)
    paused_until = fields.BigIntField(null=True)
    paused_by = fields.TextField(null=True)

    class Meta:
        table = "linkedin_accounts"
        unique_together = (("workspace_id", "profile_key"),)


class DailyCount(Model):
    """What one account did on one UTC day.

    `created` is what the daily limit counts.
    """

    id = fields.BigIntField(primary_key=True)
    linkedin_account_id = fields.CharField(64)
    workspace_id = fields.CharField(64)
    day = fields.CharField(10)
    created = fields.IntField(default=0)
    completed = fields.IntField(default=0)
    failed = fields.IntField(default=0)
    cancelled = fields.IntField(default=0)

    class Meta:
        table = "daily_counts"
        unique_together = (("linkedin_account_id", "day"),)
        indexes = (("workspace_id", "day"),)
