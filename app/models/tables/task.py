"""Tasks, their attempts, and the keys that make an order idempotent."""

from tortoise import fields
from tortoise.models import Model


class Task(Model):
    """One LinkedIn action. Times are milliseconds since the epoch.

    `seq` orders tasks as they were made. `not_before` is empty once the task's time has come, so
    that what can be claimed now is one short index. `claim_count` numbers the latest attempt,
    `attempt_count` counts those that began. A `lease_token` on a pending task is that of an agent
    that disappeared while it ran: its late report is accepted. `version` grows with every change.
    `is_paced`: the account was paced when the task was last claimed.
    """

    seq = fields.BigIntField(primary_key=True)
    id = fields.CharField(64, unique=True)
    workspace_id = fields.CharField(64)
    linkedin_account_id = fields.CharField(64)
    action_type = fields.CharField(24)
    status = fields.CharField(16)
    payload = fields.TextField()
    priority = fields.IntField()
    max_retries = fields.IntField()
    attempt_count = fields.IntField(default=0)
    claim_count = fields.IntField(default=0)
    result = fields.TextField(null=True)
    retry_of = fields.CharField(64, null=True)
    scheduled_at = fields.BigIntField(null=True)
    not_before = fields.BigIntField(null=True)
    agent_id = fields.CharField(64, null=True)
    lease_token = fields.CharField(64, null=True)
    lease_expires_at = fields.BigIntField(null=True)
    created_at = fields.BigIntField()
    updated_at = fields.BigIntField()
    started_at = fields.BigIntField(null=True)
    completed_at = fields.BigIntField(null=True)
    version = fields.IntField(default=1)
    is_paced = fields.BooleanField(null=True)

    class Meta:
        table = "tasks"
        indexes = (("workspace_id", "seq"), ("linkedin_account_id", "seq"))


class TaskAttempt(Model):
    """One claim of a task and what came of it, what the agent reported is kept word for word.

    `report` is the one that counted, `late_report` came when the task was already final.
    """

    id = fields.BigIntField(primary_key=True)
    task_seq = fields.BigIntField()
    number = fields.IntField()
    agent_id = fields.CharField(64)
    lease_token = fields.CharField(64)
    outcome = fields.CharField(16)
    claimed_at = fields.BigIntField()
    started_at = fields.BigIntField(null=True)
    finished_at = fields.BigIntField(null=True)
    error = fields.TextField(null=True)
    report = fields.TextField(null=True)
    late_report = fields.TextField(null=True)
    is_dry_run = fields.BooleanField(null=True)

    class Meta:
        table = "task_attempts"
        unique_together = (("task_seq", "number"),)


class IdempotencyKey(Model):
    """A workspace's key for one order, and the task that it made."""

    id = fields.BigIntField(primary_key=True)
    workspace_id = fields.CharField(64)
    key = fields.CharField(255)
    fingerprint = fields.CharField(64)
    sent_account_id = fields.CharField(255, null=True)
    task_id = fields.CharField(64)
    expires_at = fields.BigIntField(db_index=True)

    class Meta:
        table = "idempotency_keys"
        unique_together = (("workspace_id", "key"),)
