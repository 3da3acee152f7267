"""What can be claimed now, as SQL: the claimable tasks of accounts that can work.

The statements that claim, start, count and announce tasks are made of these parts. An account is
gated if it is paced, or if LinkedIn stopped a kind of action: then its gates say which kinds may
begin. `pacing_switch` is a parameter: whether this installation paces accounts.
"""

IS_CLAIMABLE = "status = 'pending' AND not_before IS NULL"
IN_TURN = "priority DESC, seq"

# Of a row of linkedin_accounts AS account: it is active and has no task in progress.
ACCOUNT_CAN_WORK = """
account.status = 'active' AND NOT EXISTS (
    SELECT 1 FROM tasks running
    WHERE running.linkedin_account_id = account.id AND running.status = 'processing'
)
"""
ACCOUNT_IS_GATED = """
EXISTS (
    SELECT 1 FROM account_pacing gated
    WHERE gated.linkedin_account_id = account.id AND gated.is_gated
)
"""
ACCOUNT_HOLDS_A_TASK = """
EXISTS (
    SELECT 1 FROM tasks held
    WHERE held.linkedin_account_id = account.id AND held.status IN ('queued', 'processing')
)
"""


def claimable_tasks(columns: str, *, limit: str) -> str:
    """Returns the SELECT of an `account`'s claimable tasks, in their turn."""
    return f"""
    SELECT {columns} FROM tasks
    WHERE linkedin_account_id = account.id AND {IS_CLAIMABLE} ORDER BY {IN_TURN} LIMIT {limit}
    """


def claimable_tasks_of_gate(columns: str, *, limit: str) -> str:
    """Returns the same for the kind of action of one `gate` of the account."""
    return f"""
    SELECT {columns} FROM tasks
    WHERE linkedin_account_id = account.id AND action_type = gate.action_type AND {IS_CLAIMABLE}
    ORDER BY {IN_TURN} LIMIT {limit}
    """


def is_paced(pacing_switch: str) -> str:
    """Returns the condition on account_pacing AS pacing that the owner's limits hold."""
    return f"(pacing.is_on AND CAST({pacing_switch} AS BOOLEAN))"


def gate_is_open(now: str, pacing_switch: str) -> str:
    """Returns the condition on a `gate`. LinkedIn's own stops hold where pacing is off, too."""
    return f"""
    CASE WHEN {is_paced(pacing_switch)} THEN gate.opens_at <= {now} AND gate.closes_at > {now}
         ELSE gate.locked_until <= {now} END
    """
