"""The rules of what deserves a look, one by one."""

from dataclasses import replace

from app.domain.attention import (
    MOST_ITEMS,
    AttentionCode,
    AttentionItem,
    Subscription,
    WatchedAccount,
    WatchedWebhook,
    attention,
)
from app.domain.times import MS_PER_DAY
from app.domain.webhooks.failure_streak import SWITCHED_OFF_BY_HAND
from app.domain.webhooks.webhook_health import WebhookHealth

_NOW = 1_790_000_000_000
_ACTIVE = Subscription("ws_1", "active", None)
_WEBHOOK = WatchedWebhook(
    7, "https://hooks.example.com/x?key=secret", True, None, None, WebhookHealth(_NOW)
)
_ACCOUNT = WatchedAccount("acc_1", "Jane", "active", 0, None, None, is_served=True)


def _found(
    subscription: Subscription = _ACTIVE,
    *,
    webhook: WatchedWebhook = _WEBHOOK,
    account: WatchedAccount = _ACCOUNT,
) -> list[AttentionItem]:
    return attention(subscription, [webhook], [account], daily_task_limit=500, now=_NOW)


def _codes(items: list[AttentionItem]) -> list[AttentionCode]:
    return [one.code for one in items]


def test_nothing_is_found_where_nothing_is_wrong() -> None:
    assert _found() == []


def test_a_webhook_is_named_from_three_failures_in_a_row_on() -> None:
    health = WebhookHealth(_NOW, "connection refused", 2, _NOW - 9)
    assert _found(webhook=replace(_WEBHOOK, health=health)) == []
    (item,) = _found(webhook=replace(_WEBHOOK, health=replace(health, failures_in_a_row=3)))
    assert item == AttentionItem(
        AttentionCode.WEBHOOK_FAILING,
        "The last 3 attempts at the webhook to hooks.example.com failed: connection refused.",
        "7",
        _NOW - 9,
    )


def test_a_webhook_that_the_product_switched_off_is_named_and_no_other_that_is_off() -> None:
    off = replace(
        _WEBHOOK,
        is_enabled=False,
        disabled_reason="the receiver answered 410 Gone",
        last_failed_at=_NOW - 5,
        health=WebhookHealth(_NOW, "the receiver answered 410", 9, 1),
    )
    (item,) = _found(webhook=off)
    assert (item.code, item.subject_id, item.since) == (
        AttentionCode.WEBHOOK_DISABLED,
        "7",
        _NOW - 5,
    )
    assert "410 Gone" in item.message
    assert _found(webhook=replace(off, disabled_reason=SWITCHED_OFF_BY_HAND)) == []


def test_a_subscription_that_ended_says_since_when() -> None:
    (item,) = _found(Subscription("ws_1", "active", _NOW - 1))
    assert (item.code, item.subject_id, item.since) == (
        AttentionCode.SUBSCRIPTION_ENDED,
        "ws_1",
        _NOW - 1,
    )
    for status in ("past_due", "cancelled"):
        for ends_at in (None, _NOW + MS_PER_DAY):
            (item,) = _found(Subscription("ws_1", status, ends_at))
            assert (item.code, item.since) == (AttentionCode.SUBSCRIPTION_ENDED, None)


def test_a_subscription_is_ending_for_its_last_three_days() -> None:
    for status in ("trialing", "active"):
        assert _found(Subscription("ws_1", status, _NOW + 3 * MS_PER_DAY + 1)) == []
        (item,) = _found(Subscription("ws_1", status, _NOW + 3 * MS_PER_DAY))
        assert item.code is AttentionCode.SUBSCRIPTION_ENDING
    assert _found(Subscription("ws_1", "trialing", _NOW + 1))[0].message.startswith(
        "The workspace's trial ends on 21 September 2026 at "
    )


def test_tasks_that_could_run_now_and_no_agent_online_that_serves_the_account() -> None:
    stuck = replace(_ACCOUNT, waiting_since=_NOW - 8, runnable_since=_NOW - 8, is_served=False)
    (item,) = _found(account=stuck)
    assert (item.code, item.subject_id, item.since) == (AttentionCode.NO_AGENT, "acc_1", _NOW - 8)
    assert _found(account=replace(stuck, is_served=True)) == []
    assert _found(account=replace(stuck, runnable_since=None)) == []


def test_without_a_subscription_no_task_could_run_whoever_is_online() -> None:
    stuck = replace(_ACCOUNT, waiting_since=_NOW - 8, runnable_since=_NOW - 8, is_served=False)
    found = _found(Subscription("ws_1", "cancelled", None), account=stuck)
    assert _codes(found) == [AttentionCode.SUBSCRIPTION_ENDED]


def test_a_paused_account_is_named_once_tasks_wait_for_it() -> None:
    paused = replace(_ACCOUNT, status="paused", is_served=False)
    assert _found(account=paused) == []
    (item,) = _found(account=replace(paused, waiting_since=5))
    assert (item.code, item.subject_id, item.since) == (
        AttentionCode.ACCOUNT_PAUSED_WITH_TASKS,
        "acc_1",
        5,
    )


def test_an_account_that_linkedin_stopped_is_named_with_the_end() -> None:
    stopped = replace(_ACCOUNT, locked_since=_NOW - 8, locked_until=_NOW)
    (item,) = _found(account=stopped)
    assert (item.code, item.subject_id, item.since) == (
        AttentionCode.ACCOUNT_LIMIT,
        "acc_1",
        _NOW - 8,
    )
    assert "Jane until 21 September 2026" in item.message


def test_an_account_that_had_its_tasks_of_the_day_is_named() -> None:
    assert _found(account=replace(_ACCOUNT, created_today=499)) == []
    (item,) = _found(account=replace(_ACCOUNT, created_today=500))
    assert (item.code, item.subject_id) == (AttentionCode.DAILY_LIMIT, "acc_1")


def test_the_list_has_an_end_and_the_heaviest_come_first() -> None:
    stuck = replace(_ACCOUNT, waiting_since=1, runnable_since=1, is_served=False)
    off = replace(_WEBHOOK, is_enabled=False, disabled_reason="every attempt failed")
    found = attention(_ACTIVE, [off], [stuck] * 500, daily_task_limit=500, now=_NOW)
    assert len(found) == MOST_ITEMS
    assert found[0].code is AttentionCode.WEBHOOK_DISABLED


def test_no_message_tells_more_of_an_address_than_its_host() -> None:
    health = WebhookHealth(_NOW, "connection refused", 3, _NOW)
    (item,) = _found(webhook=replace(_WEBHOOK, health=health))
    assert "secret" not in item.message
