"""When a failed task may be retried as a new task."""

from dataclasses import dataclass

from app.domain.errors import BadInput, Conflict, ZenModeError
from app.domain.tasks.lost_task import OUTCOME_UNKNOWN
from app.domain.tasks.task import TaskStatus

RETRYABLE = frozenset({TaskStatus.FAILED})
# A retry that ended so leaves room for another; any other may act on LinkedIn, or did.
ENDED_WITHOUT_ACTING = frozenset({TaskStatus.FAILED, TaskStatus.CANCELLED})


@dataclass(frozen=True, slots=True)
class RetryFacts:
    """What decides whether a task may be retried.

    `live_retry_id` and `live_retry_status` are those of a retry that is neither failed nor
    cancelled: of this task, of one that it retries, or of another retry of that one.
    """

    status: TaskStatus
    error_code: str | None = None
    was_completed_late: bool = False
    account_is_disconnected: bool = False
    live_retry_id: str | None = None
    live_retry_status: str | None = None


def retry_refusal(facts: RetryFacts, *, confirm_unknown: bool) -> ZenModeError | None:
    """Returns why a task cannot be retried, or None.

    `confirm_unknown`: the caller knows that the action may have been performed already.
    """
    if facts.status not in RETRYABLE:
        return Conflict(f"only a failed task can be retried; this one is {facts.status}")
    if facts.live_retry_id is not None:
        return Conflict(
            f"this task was retried already, as {facts.live_retry_id}, "
            f"which is {facts.live_retry_status}",
            related_ids={"task_id": facts.live_retry_id},
        )
    if facts.was_completed_late:
        return Conflict(
            "the agent reported late that this task was completed; retrying it would do it twice"
        )
    if facts.account_is_disconnected:
        return BadInput.at("linkedin_account_id", "is disconnected; connect it again first")
    if facts.error_code == OUTCOME_UNKNOWN and not confirm_unknown:
        return Conflict(
            "it is unknown whether this task was performed, so a retry may perform it twice; "
            "send confirmUnknown: true to retry it anyway"
        )
    return None
