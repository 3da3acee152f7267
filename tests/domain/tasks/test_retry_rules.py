"""When a failed task may be retried."""

from dataclasses import replace

import pytest

from app.domain.errors import BadInput, Conflict
from app.domain.tasks.lost_task import OUTCOME_UNKNOWN
from app.domain.tasks.retry_rules import RetryFacts, retry_refusal
from app.domain.tasks.task import TaskStatus

FAILED = RetryFacts(TaskStatus.FAILED, error_code="profile_not_found")


def test_a_failed_task_may_be_retried() -> None:
    assert retry_refusal(FAILED, confirm_unknown=False) is None


@pytest.mark.parametrize("status", sorted(set(TaskStatus) - {TaskStatus.FAILED}))
def test_no_other_task_may_be_retried(status: TaskStatus) -> None:
    refusal = retry_refusal(RetryFacts(status), confirm_unknown=True)
    assert isinstance(refusal, Conflict)
    assert status in refusal.message


def test_a_retry_that_may_still_act_or_did_is_named() -> None:
    facts = replace(FAILED, live_retry_id="task_2", live_retry_status="completed")
    refusal = retry_refusal(facts, confirm_unknown=True)
    assert isinstance(refusal, Conflict)
    assert "task_2, which is completed" in refusal.message
    assert refusal.related_ids == {"task_id": "task_2"}


def test_what_was_completed_after_all_is_not_done_twice() -> None:
    refusal = retry_refusal(replace(FAILED, was_completed_late=True), confirm_unknown=True)
    assert isinstance(refusal, Conflict)


def test_a_disconnected_account_has_to_be_connected_first() -> None:
    refusal = retry_refusal(replace(FAILED, account_is_disconnected=True), confirm_unknown=True)
    assert isinstance(refusal, BadInput)
    assert refusal.details[0].name == "linkedin_account_id"


def test_an_unknown_outcome_has_to_be_confirmed() -> None:
    facts = replace(FAILED, error_code=OUTCOME_UNKNOWN)
    assert isinstance(retry_refusal(facts, confirm_unknown=False), Conflict)
    assert retry_refusal(facts, confirm_unknown=True) is None
