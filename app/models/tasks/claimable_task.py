"""What can be claimed now, as SQL: the claimable tasks of accounts that can work.

The statements that claim, start, count and announce tasks are made of these parts.
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


def claimable_tasks(columns: str, *, limit: str) -> str:
    """Returns the SELECT of an `account`'s claimable tasks, in their turn."""
    return f"""
    SELECT {columns} FROM tasks
    WHERE linkedin_account_id = account.id AND {IS_CLAIMABLE} ORDER BY {IN_TURN} LIMIT {limit}
    """
