"""What an account may do and when, what waits, and why."""

import strawberry

from app.domain.pacing import waiting
from app.domain.pacing.account_state import AccountState
from app.domain.pacing.explain import count_by_code
from app.domain.pacing.limit_use import LimitUse, limit_uses
from app.domain.pacing.limits import GAP_BETWEEN_KINDS_MS
from app.domain.pacing.pacing_inputs import clock_of
from app.domain.times import MS_PER_SECOND
from app.graphql_engine.field_rules import list_length
from app.models.pacing.provider_lock_queries import ProviderLockRow
from app.schema.types.enums import ActionType, LimitWindow, ProviderLimitCode, WaitingCode, Weekday
from app.schema.types.scalars import Milliseconds, optional_time

MOST_REASONS = 16
MOST_LIMITS = 11
MOST_LOCKS = 6

_GAP_BETWEEN_KINDS_SECONDS = GAP_BETWEEN_KINDS_MS // MS_PER_SECOND
_WEEKDAYS = tuple(Weekday)
# Three for each day. More may be set; they are small, and a list of accounts can be asked for them.
_USUAL_RANGES = 21


@strawberry.type(description="A range of a weekday in which the account may act, in its time zone.")
class OpeningHours:
    weekday: Weekday
    opens: str = strawberry.field(description="Wall-clock time, such as `09:00`.")
    closes: str = strawberry.field(description="Wall-clock time, at most `24:00`.")


@strawberry.type(description="What the owner of an account allows.")
class Pacing:
    is_on: bool = strawberry.field(
        description="Whether the account's limits, gaps and hours hold. LinkedIn's own stops "
        "always do."
    )
    time_zone: str | None = strawberry.field(description="The zone of the hours; null: UTC.")
    hours: list[OpeningHours] = strawberry.field(
        description="When it may act; none: always.", metadata=list_length(_USUAL_RANGES)
    )
    per_day: int = strawberry.field(description="The most actions of all kinds in 24 hours.")
    ramp_days: int = strawberry.field(
        description="In how many days a new account reaches its full limits."
    )
    ramp_ends_at: Milliseconds | None = strawberry.field(
        description="When it has reached them; null if it has."
    )
    is_open: bool = strawberry.field(description="Whether its hours allow an action now.")
    opens_at: Milliseconds | None = strawberry.field(description="When they do; null if now.")


@strawberry.type(description="How much of one limit is used. Limits include the ramp of today.")
class ActionLimit:
    action_type: ActionType | None = strawberry.field(description="Null: all kinds together.")
    window: LimitWindow
    limit: int
    full_limit: int = strawberry.field(description="The limit once the ramp has ended.")
    used: int
    remaining: int
    reset_at: Milliseconds | None = strawberry.field(description="When `remaining` next grows.")
    next_allowed_at: Milliseconds | None = strawberry.field(
        description="When the next action of the kind may begin; null for now, and for never."
    )
    gap_min_seconds: int
    gap_max_seconds: int
    is_default: bool
    advice: str | None = strawberry.field(description="Why the limit is high.")


@strawberry.type(description="LinkedIn's own stop of one kind of action, or of the whole account.")
class ProviderLock:
    id: strawberry.ID
    action_type: ActionType | None = strawberry.field(description="Null: the whole account.")
    code: ProviderLimitCode
    until: Milliseconds
    reported_at: Milliseconds
    task_id: strawberry.ID | None
    agent_id: strawberry.ID | None


@strawberry.type(description="One reason why a task does not run.")
class WaitingReason:
    code: WaitingCode
    message: str = strawberry.field(description="A sentence for people.")
    until: Milliseconds | None
    task_id: strawberry.ID | None = strawberry.field(description="The task that runs now.")
    count: int | None = strawberry.field(description="How many tasks go first.")


@strawberry.type(description="How many tasks wait for a reason, and until when the first of them.")
class WaitingCount:
    code: WaitingCode
    count: int
    until: Milliseconds | None


@strawberry.type(description="The tasks of an account that wait.")
class AccountQueue:
    waiting: int
    by_code: list[WaitingCount] = strawberry.field(
        description="By the first reason of each.", metadata=list_length(MOST_REASONS)
    )
    drains_at: Milliseconds | None = strawberry.field(
        description="When the last of them will begin, if that can be said."
    )


def pacing_of(state: AccountState) -> Pacing:
    """What the owner of an account allows, as GraphQL shows it."""
    settings, hours, now = state.settings, state.settings.hours, state.now
    ramp_ends_at = settings.ramp.ends_at
    opens_at = hours.next_open(now) if hours and settings.is_on else now
    return Pacing(
        is_on=settings.is_on,
        time_zone=settings.time_zone,
        hours=[
            OpeningHours(
                weekday=_WEEKDAYS[one.weekday],
                opens=clock_of(one.opens),
                closes=clock_of(one.closes),
            )
            for one in (hours.ranges if hours else ())
        ],
        per_day=settings.total_per_day,
        ramp_days=settings.ramp.days,
        ramp_ends_at=optional_time(ramp_ends_at if ramp_ends_at and ramp_ends_at > now else None),
        is_open=opens_at <= now,
        opens_at=optional_time(opens_at if opens_at > now else None),
    )


def limits_of(state: AccountState) -> list[ActionLimit]:
    """The limits of an account; none of one that is not paced."""
    if not state.settings.is_on:
        return []
    return [_limit_of(one) for one in limit_uses(state.settings, state.history, state.now)]


def _limit_of(use: LimitUse) -> ActionLimit:
    pace = use.pace
    return ActionLimit(
        action_type=use.action,
        window=use.window,
        limit=use.limit,
        full_limit=use.full_limit,
        used=use.used,
        remaining=use.remaining,
        reset_at=optional_time(use.reset_at),
        next_allowed_at=optional_time(use.next_allowed_at),
        gap_min_seconds=pace.gap_min_seconds if pace else _GAP_BETWEEN_KINDS_SECONDS,
        gap_max_seconds=pace.gap_max_seconds if pace else _GAP_BETWEEN_KINDS_SECONDS,
        is_default=use.is_default,
        advice=use.advice,
    )


def lock_of(row: ProviderLockRow) -> ProviderLock:
    """One lock as GraphQL shows it."""
    return ProviderLock(
        id=strawberry.ID(row.id),
        action_type=ActionType(row.action_type) if row.action_type else None,
        code=ProviderLimitCode(row.code),
        until=Milliseconds(row.until),
        reported_at=Milliseconds(row.reported_at),
        task_id=strawberry.ID(row.task_id) if row.task_id else None,
        agent_id=strawberry.ID(row.agent_id) if row.agent_id else None,
    )


def reason_of(reason: waiting.WaitingReason) -> WaitingReason:
    """One reason as GraphQL shows it."""
    return WaitingReason(
        code=reason.code,
        message=reason.message,
        until=optional_time(reason.until),
        task_id=strawberry.ID(reason.task_id) if reason.task_id else None,
        count=reason.count,
    )


def queue_of(state: AccountState) -> AccountQueue:
    """What waits of an account, as GraphQL shows it."""
    return AccountQueue(
        waiting=state.waiting_count,
        by_code=[
            WaitingCount(code=one.code, count=one.count, until=optional_time(one.until))
            for one in count_by_code(state)
        ],
        drains_at=optional_time(state.drains_at),
    )
