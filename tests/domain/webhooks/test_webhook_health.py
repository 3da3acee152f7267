"""How a webhook fares, by its latest attempts."""

from app.domain.webhooks.attempt_result import AttemptResult
from app.domain.webhooks.webhook_health import WebhookHealth, WebhookState


def _result(status: int | None, error: str | None = None) -> AttemptResult:
    return AttemptResult(status, error, None, None, 1)


def _state(health: WebhookHealth) -> WebhookState:
    return health.state(is_enabled=True)


def test_a_webhook_that_was_never_tried_is_unused() -> None:
    assert _state(WebhookHealth()) is WebhookState.UNUSED


def test_one_failed_attempt_is_enough_to_be_failing() -> None:
    health = WebhookHealth().after(1_000, _result(None, "connection refused"))
    assert health == WebhookHealth(1_000, "connection refused", 1, 1_000)
    assert _state(health) is WebhookState.FAILING


def test_a_status_that_is_no_success_is_an_error_in_words() -> None:
    health = WebhookHealth().after(1_000, _result(500))
    assert health.last_error == "the receiver answered 500"


def test_failures_in_a_row_began_with_the_first_of_them() -> None:
    health = WebhookHealth()
    for at in (1_000, 2_000, 3_000):
        health = health.after(at, _result(500))
    assert (health.failures_in_a_row, health.failing_since) == (3, 1_000)


def test_one_success_makes_it_healthy_and_leaves_no_error() -> None:
    health = WebhookHealth().after(1_000, _result(500)).after(2_000, _result(204))
    assert health == WebhookHealth(2_000)
    assert _state(health) is WebhookState.HEALTHY
    assert health.after(3_000, _result(500)).failing_since == 3_000


def test_of_two_that_overlap_the_later_end_counts_and_time_does_not_go_back() -> None:
    health = WebhookHealth().after(2_000, _result(204)).after(1_000, _result(500))
    assert (_state(health), health.last_attempt_at) == (WebhookState.FAILING, 2_000)


def test_a_webhook_that_is_off_is_disabled_however_it_fared() -> None:
    for health in (WebhookHealth(), WebhookHealth(1), WebhookHealth(1, "x", 1, 1)):
        assert health.state(is_enabled=False) is WebhookState.DISABLED
