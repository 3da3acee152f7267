"""What happens to a task whose agent disappeared while it ran: it is retried, or it fails."""

from app.domain.tasks.task import ActionType

# A second message to a prospect does harm; LinkedIn itself ignores a repeat of the others.
REPEATABLE_ACTIONS = frozenset(
    {
        ActionType.CONNECT,
        ActionType.FOLLOW,
        ActionType.VIEW_PROFILE,
        ActionType.WITHDRAW_CONNECTION,
    }
)

AGENT_LOST = "agent_lost"
OUTCOME_UNKNOWN = "outcome_unknown"
LOST_MESSAGES = {
    AGENT_LOST: ("the agent disappeared while running the task, and it cannot be retried"),
    OUTCOME_UNKNOWN: (
        "the agent disappeared while sending the message; it may have been sent, "
        "so it is not resent"
    ),
}


def verdict_on_lost(action: ActionType, *, can_run_again: bool) -> str | None:
    """Returns the error code with which a task fails whose agent disappeared; None to retry it.

    `can_run_again`: tries are left, and its account is connected.
    """
    if action not in REPEATABLE_ACTIONS:
        return OUTCOME_UNKNOWN
    return None if can_run_again else AGENT_LOST
