"""The domain's words as GraphQL's enums: CONNECT there is `connect` in REST and in the database."""

import strawberry

from app.domain.access.agent import AgentFeature, AgentKind
from app.domain.access.subscription import SubscriptionStatus
from app.domain.attention import AttentionCode
from app.domain.linkedin.linkedin_account import AccountStatus
from app.domain.pacing.hours import Weekday
from app.domain.pacing.limits import LimitWindow
from app.domain.pacing.locks import ProviderLimitCode
from app.domain.pacing.waiting import WaitingCode
from app.domain.tasks.task import ActionType, AttemptOutcome, TaskAction, TaskStatus
from app.domain.webhooks.delivery import DeliveryStatus
from app.domain.webhooks.webhook import WebhookEvent
from app.domain.webhooks.webhook_health import WebhookState

for _enum in (
    AccountStatus,
    ActionType,
    AgentFeature,
    AgentKind,
    AttemptOutcome,
    AttentionCode,
    DeliveryStatus,
    LimitWindow,
    ProviderLimitCode,
    SubscriptionStatus,
    TaskAction,
    TaskStatus,
    WaitingCode,
    WebhookEvent,
    WebhookState,
    Weekday,
):
    strawberry.enum(_enum, description=(_enum.__doc__ or "").strip())

__all__ = [
    "AccountStatus",
    "ActionType",
    "AgentFeature",
    "AgentKind",
    "AttemptOutcome",
    "AttentionCode",
    "DeliveryStatus",
    "LimitWindow",
    "ProviderLimitCode",
    "SubscriptionStatus",
    "TaskAction",
    "TaskStatus",
    "WaitingCode",
    "WebhookEvent",
    "WebhookState",
    "Weekday",
]
