"""What an account may do and when, what it did, and what LinkedIn stopped."""

from tortoise import fields
from tortoise.models import Model


class AccountPacing(Model):
    """What the owner of an account allows. An account without a row is not paced.

    `hours` is a JSON list of [weekday, opens, closes] in minutes, null for always open. A null
    limit is the default. `is_gated`: claims have to look at the account's gates.
    """

    linkedin_account_id = fields.CharField(64, primary_key=True)
    workspace_id = fields.CharField(64)
    is_on = fields.BooleanField()
    is_gated = fields.BooleanField()
    time_zone = fields.CharField(64, null=True)
    hours = fields.TextField(null=True)
    per_day = fields.IntField(null=True)
    ramp_days = fields.IntField(null=True)

    class Meta:
        table = "account_pacing"


class ActionLimit(Model):
    """An account's limits for one kind of action, a null one is the default."""

    id = fields.BigIntField(primary_key=True)
    linkedin_account_id = fields.CharField(64)
    action_type = fields.CharField(24)
    per_day = fields.IntField(null=True)
    per_week = fields.IntField(null=True)
    gap_min_seconds = fields.IntField(null=True)
    gap_max_seconds = fields.IntField(null=True)

    class Meta:
        table = "action_limits"
        unique_together = (("linkedin_account_id", "action_type"),)


class AccountGate(Model):
    """When an account's next action of one kind may begin: from `opens_at` until `closes_at`.

    `locked_until` is LinkedIn's own stop alone, which holds where pacing is off. Agents learn of
    an opening once: `is_announced`.
    """

    id = fields.BigIntField(primary_key=True)
    linkedin_account_id = fields.CharField(64)
    action_type = fields.CharField(24)
    opens_at = fields.BigIntField()
    closes_at = fields.BigIntField(db_index=True)
    locked_until = fields.BigIntField()
    reason = fields.CharField(24, null=True)
    is_announced = fields.BooleanField()

    class Meta:
        table = "account_gates"
        unique_together = (("linkedin_account_id", "action_type"),)


class ProviderLock(Model):
    """LinkedIn's own stop of one kind of action, or (null) of the whole account.

    `factor`: how many times its plain duration it lasts. `lifted_at`: a person ended it.
    """

    id = fields.CharField(64, primary_key=True)
    workspace_id = fields.CharField(64)
    linkedin_account_id = fields.CharField(64, db_index=True)
    action_type = fields.CharField(24, null=True)
    code = fields.CharField(24)
    until = fields.BigIntField()
    factor = fields.IntField()
    reported_at = fields.BigIntField()
    lifted_at = fields.BigIntField(null=True)
    task_id = fields.CharField(64, null=True)
    agent_id = fields.CharField(64, null=True)

    class Meta:
        table = "provider_locks"


class AccountAction(Model):
    """One action that an account began, through a task or by hand.

    `state`: reserved while it runs, then done, unknown, or not_done, which counts for nothing.
    `gap_fraction` (0 to 1) was drawn at random for the gap after it; null after manual work.
    `person_key` is who it was about, as `profile_key` spells it.
    """

    id = fields.BigIntField(primary_key=True)
    workspace_id = fields.CharField(64)
    linkedin_account_id = fields.CharField(64)
    action_type = fields.CharField(24)
    person_key = fields.TextField()
    at = fields.BigIntField()
    source = fields.CharField(16)
    state = fields.CharField(16)
    gap_fraction = fields.FloatField(null=True)
    task_seq = fields.BigIntField(null=True)
    attempt_number = fields.IntField(null=True)

    class Meta:
        table = "account_actions"
        indexes = (("linkedin_account_id", "at"), ("workspace_id", "person_key", "at"))
        unique_together = (("task_seq", "attempt_number"),)
