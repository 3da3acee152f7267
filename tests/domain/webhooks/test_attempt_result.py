"""The result of an attempt to send a delivery."""

import pytest

from app.domain.webhooks.attempt_result import AttemptResult, is_success


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (None, False),
        (199, False),
        (200, True),
        (204, True),
        (299, True),
        (302, False),
        (500, False),
    ],
)
def test_only_a_2xx_is_a_success(status: int | None, expected: bool) -> None:
    assert is_success(status) is expected
    assert AttemptResult(status, None, None, None, 1).succeeded is expected


def test_a_failure_is_described_by_its_error_or_its_status() -> None:
    assert AttemptResult(None, "refused the connection", None, None, 1).problem == (
        "refused the connection"
    )
    assert AttemptResult(503, None, "busy", 2.0, 1).problem == "the receiver answered 503"


def test_a_success_whose_response_broke_off_has_no_problem() -> None:
    assert AttemptResult(200, "closed the connection", None, None, 1).problem is None
