"""What an agent may claim, renew and report."""

from typing import Any

import pytest

from app.domain.errors import BadInput
from app.domain.input.read_input import read_input
from app.domain.leases.lease import (
    MAX_RESULT_BYTES,
    Completion,
    Failure,
    Lease,
    LeaseRenewal,
    TaskClaim,
    is_completion,
)

_AROUND = len('{"text":""}')
_HELD = {"task_id": "task_1", "lease_token": "token"}


def problems(described_type: type[Any], sent: dict[str, object]) -> dict[str, str]:
    with pytest.raises(BadInput) as refused:
        read_input(described_type, sent)
    return {one.name: one.message for one in refused.value.details}


def test_a_claim_takes_one_task_for_a_minute_unless_it_says_more() -> None:
    claim = read_input(TaskClaim, {"linkedin_account_ids": []})
    assert (claim.linkedin_account_ids, claim.limit, claim.lease_seconds) == ((), 1, 60)


def test_a_claim_out_of_bounds_is_refused_with_every_bad_field() -> None:
    sent = {"linkedin_account_ids": [f"acc_{n}" for n in range(1_001)], "limit": 51}
    assert problems(TaskClaim, {**sent, "lease_seconds": 9}) == {
        "linkedin_account_ids": "must hold at most 1000 ids",
        "limit": "must be between 1 and 50",
        "lease_seconds": "must be between 10 and 900",
    }


def test_a_renewal_names_up_to_100_leases() -> None:
    assert read_input(LeaseRenewal, {"leases": [_HELD]}).leases == (Lease("task_1", "token"),)
    assert problems(LeaseRenewal, {"leases": [_HELD] * 101, "lease_seconds": 901}) == {
        "leases": "must hold at most 100 leases",
        "lease_seconds": "must be between 10 and 900",
    }


@pytest.mark.parametrize("letter", ["x", "ü", "😀"])
def test_a_result_has_an_end_counted_in_bytes(letter: str) -> None:
    count = (MAX_RESULT_BYTES - _AROUND) // len(letter.encode())
    fits = {"text": letter * count}
    assert read_input(Completion, {"result": fits}).result == fits
    assert problems(Completion, {"result": {"text": letter * (count + 1)}}) == {
        "result": "must have at most 65,536 bytes as JSON"
    }


@pytest.mark.parametrize("result", [None, {}, {"success": True, "note": "done"}])
def test_an_ordinary_result_is_kept_as_it_is(result: dict[str, object] | None) -> None:
    assert read_input(Completion, {"result": result}).result == result


@pytest.mark.parametrize("success", [False, None, 1, "true"])
def test_a_completion_cannot_report_a_failure(success: object) -> None:
    assert problems(Completion, {"result": {"success": success}}) == {
        "result.success": "must be true; report a failure with failTask"
    }


def test_a_repeated_report_is_recognised_whatever_the_order_of_its_keys() -> None:
    first = read_input(Completion, {"result": {"a": 1, "b": [2]}})
    again = read_input(Completion, {"result": {"b": [2], "a": 1}})
    assert first.report == again.report
    assert is_completion(first.report)


def test_a_failure_is_retryable_unless_the_agent_says_otherwise() -> None:
    failure = read_input(Failure, {"code": "blocked", "message": ""})
    assert failure.retryable
    assert failure.error == {"code": "blocked", "message": ""}
    assert not is_completion(failure.report)
    assert not is_completion(None)


def test_different_failures_have_different_reports() -> None:
    reports = {
        Failure(code=code, message=message, retryable=retryable, retry_after_seconds=after).report
        for code in ("a", "b")
        for message in ("", "x")
        for retryable in (True, False)
        for after in (None, 0)
    }
    assert len(reports) == 16
