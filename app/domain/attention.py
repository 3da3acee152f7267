"""What a workspace's people should look at: the rules, and the words for each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from urllib.parse import urlsplit

from app.domain.access.subscription import SubscriptionStatus, is_active
from app.domain.linkedin.linkedin_account import AccountStatus
from app.domain.times import MS_PER_DAY, MS_PER_SECOND
from app.domain.webhooks.failure_streak import SWITCHED_OFF_BY_HAND
from app.domain.webhooks.webhook_health import WebhookHealth

MOST_ITEMS = 100
FAILURES_IN_A_ROW = 3
ENDING_WITHIN_MS = 3 * MS_PER_DAY


class AttentionCode(StrEnum):
    """The reason of an attention item."""

    WEBHOOK_FAILING = "webhook_failing"
    WEBHOOK_DISABLED = "webhook_disabled"
    SUBSCRIPTION_ENDED = "subscription_ended"
    SUBSCRIPTION_ENDING = "subscription_ending"
    NO_AGENT = "no_agent"
    ACCOUNT_PAUSED_WITH_TASKS = "account_paused_with_tasks"
    ACCOUNT_LIMIT = "account_limit"
    DAILY_LIMIT = "daily_limit"
    TASK_UNSETTLED = "task_unsettled"


@dataclass(frozen=True, slots=True)
class AttentionItem:
    """One thing to look at: a sentence for people, what it is about, since when (ms)."""

    code: AttentionCode
    message: str
    subject_id: str
    since: int | None = None


@dataclass(frozen=True, slots=True)
class Subscription:
    """How a workspace stands with billing; `ends_at` in milliseconds, None has no end."""

    workspace_id: str
    status: str
    ends_at: int | None


@dataclass(frozen=True, slots=True)
class WatchedWebhook:
    """What the rules ask of a webhook."""

    id: int
    url: str
    is_enabled: bool
    disabled_reason: str | None
    last_failed_at: int | None
    health: WebhookHealth


@dataclass(frozen=True, slots=True)
class WatchedAccount:
    """What the rules ask of a LinkedIn account that is connected.

    `waiting_since` is when the task that is next began to wait, None when none is due;
    `runnable_since` the same for tasks that the account's limits allow now. `is_served` says that
    an agent which serves the account is online. `locked_until` is the end of LinkedIn's own stop.
    """

    id: str
    name: str
    status: str
    created_today: int
    waiting_since: int | None
    runnable_since: int | None
    is_served: bool
    locked_since: int | None = None
    locked_until: int | None = None


def attention(
    subscription: Subscription,
    webhooks: Iterable[WatchedWebhook],
    accounts: Sequence[WatchedAccount],
    *,
    daily_task_limit: int,
    now: int,
) -> list[AttentionItem]:
    """Returns what needs attention, the most severe first, at most MOST_ITEMS."""
    has_ended = not is_active(subscription.status, subscription.ends_at, now)
    found = [
        *_of_subscription(subscription, has_ended=has_ended, now=now),
        *_of_webhooks(webhooks),
        # Without a subscription no task could run, even with agents online.
        *(() if has_ended else _without_agent(accounts)),
        *_paused(accounts),
        *_stopped(accounts),
        *_at_daily_limit(accounts, daily_task_limit),
    ]
    return found[:MOST_ITEMS]


def _of_subscription(
    subscription: Subscription, *, has_ended: bool, now: int
) -> Iterator[AttentionItem]:
    ends_at = subscription.ends_at
    if has_ended:
        since = ends_at if ends_at is not None and ends_at <= now else None
        when = "is not active" if since is None else f"ended on {_in_words(since)}"
        yield AttentionItem(
            AttentionCode.SUBSCRIPTION_ENDED,
            f"The workspace's subscription {when}. New tasks are refused and agents run none.",
            subscription.workspace_id,
            since,
        )
    elif ends_at is not None and ends_at - now <= ENDING_WITHIN_MS:
        is_trial = subscription.status == SubscriptionStatus.TRIALING
        yield AttentionItem(
            AttentionCode.SUBSCRIPTION_ENDING,
            f"The workspace's {'trial' if is_trial else 'subscription'} "
            f"ends on {_in_words(ends_at)}.",
            subscription.workspace_id,
        )


def _of_webhooks(webhooks: Iterable[WatchedWebhook]) -> Iterator[AttentionItem]:
    for webhook in webhooks:
        host, health = urlsplit(webhook.url).hostname, webhook.health
        if not webhook.is_enabled and webhook.disabled_reason != SWITCHED_OFF_BY_HAND:
            yield AttentionItem(
                AttentionCode.WEBHOOK_DISABLED,
                f"The webhook to {host} was switched off: {webhook.disabled_reason}.",
                str(webhook.id),
                webhook.last_failed_at,
            )
        elif webhook.is_enabled and health.failures_in_a_row >= FAILURES_IN_A_ROW:
            yield AttentionItem(
                AttentionCode.WEBHOOK_FAILING,
                f"The last {health.failures_in_a_row:,} attempts at the webhook to {host} "
                f"failed: {health.last_error}.",
                str(webhook.id),
                health.failing_since,
            )


def _without_agent(accounts: Iterable[WatchedAccount]) -> Iterator[AttentionItem]:
    for account in accounts:
        is_stuck = account.runnable_since is not None and not account.is_served
        if is_stuck and account.status == AccountStatus.ACTIVE:
            yield AttentionItem(
                AttentionCode.NO_AGENT,
                f"Tasks wait for {account.name}, and no agent that serves this account is online.",
                account.id,
                account.runnable_since,
            )


def _paused(accounts: Iterable[WatchedAccount]) -> Iterator[AttentionItem]:
    for account in accounts:
        if account.waiting_since is not None and account.status == AccountStatus.PAUSED:
            yield AttentionItem(
                AttentionCode.ACCOUNT_PAUSED_WITH_TASKS,
                f"Tasks wait for {account.name}, which is paused.",
                account.id,
                account.waiting_since,
            )


def _stopped(accounts: Iterable[WatchedAccount]) -> Iterator[AttentionItem]:
    for account in accounts:
        if account.locked_until is not None:
            yield AttentionItem(
                AttentionCode.ACCOUNT_LIMIT,
                f"LinkedIn stopped {account.name} until {_in_words(account.locked_until)}.",
                account.id,
                account.locked_since,
            )


def _at_daily_limit(accounts: Iterable[WatchedAccount], limit: int) -> Iterator[AttentionItem]:
    for account in accounts:
        if account.created_today >= limit:
            yield AttentionItem(
                AttentionCode.DAILY_LIMIT,
                f"{account.name} has had its {limit:,} tasks of today; "
                "it takes new ones from midnight UTC.",
                account.id,
            )


def _in_words(ms: int) -> str:
    at = datetime.fromtimestamp(ms // MS_PER_SECOND, UTC)
    return f"{at.day} {at:%B %Y} at {at:%H:%M} UTC"
