"""Why a task does not run: every reason that would still stop it, longest first."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum

from app.domain.pacing.limits import LimitWindow
from app.domain.pacing.opening import Hold, HoldCode
from app.domain.tasks.task import ActionType

MOST_COUNTED_AHEAD = 1_000

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NOUNS = {
    ActionType.CONNECT: "invitations",
    ActionType.MESSAGE: "messages",
    ActionType.FOLLOW: "follows",
    ActionType.VIEW_PROFILE: "profile views",
    ActionType.WITHDRAW_CONNECTION: "withdrawals",
}


class WaitingCode(StrEnum):
    """What keeps a pending task from running."""

    SUBSCRIPTION_ENDED = "subscription_ended"
    ACCOUNT_PAUSED = "account_paused"
    HELD = "held"
    SCHEDULED = "scheduled"
    BACKOFF = "backoff"
    COOLDOWN = "cooldown"
    OUTSIDE_HOURS = "outside_hours"
    GAP = "gap"
    DAY_LIMIT = "day_limit"
    WEEK_LIMIT = "week_limit"
    PROVIDER_LIMIT = "provider_limit"
    ACCOUNT_BUSY = "account_busy"
    NO_AGENT = "no_agent"
    AGENT_OFFLINE = "agent_offline"
    BEHIND = "behind"
    READY = "ready"


@dataclass(frozen=True, slots=True)
class WaitingReason:
    """One reason; `until` in milliseconds, None without a known end."""

    code: WaitingCode
    message: str
    until: int | None = None
    task_id: str | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class WindowUse:
    """How much of a limit is used; `action` is None for all kinds together."""

    action: ActionType | None
    window: LimitWindow
    used: int
    limit: int


def in_order(reasons: list[WaitingReason]) -> list[WaitingReason]:
    """The reasons that last longest first; those without an end before all others."""
    codes = list(WaitingCode)
    return sorted(
        reasons,
        key=lambda one: (
            -one.until if one.until is not None else float("-inf"),
            codes.index(one.code),
        ),
    )


def ended_subscription(ended_at: int | None, zone: tzinfo) -> WaitingReason:
    """The workspace's subscription has ended."""
    when = f" on {date_text(ended_at, zone)}" if ended_at is not None else ""
    message = f"The workspace's subscription ended{when}."
    return WaitingReason(WaitingCode.SUBSCRIPTION_ENDED, message)


def paused_account(note: str | None, until: int | None, by: str | None) -> WaitingReason:
    """A person, or LinkedIn's stop, paused the account."""
    message = "The account was paused" + _by_whom(by) + _with_note(note)
    return WaitingReason(WaitingCode.ACCOUNT_PAUSED, message, until)


def held_task(note: str | None, until: int | None, by: str | None) -> WaitingReason:
    """A person or a program holds the task."""
    return WaitingReason(WaitingCode.HELD, "Held" + _by_whom(by) + _with_note(note), until)


def scheduled(at: int, zone: tzinfo) -> WaitingReason:
    """The task was created for a later time."""
    return WaitingReason(WaitingCode.SCHEDULED, f"Scheduled for {time_text(at, zone)}.", at)


def backing_off(failed_at: int, at: int, zone: tzinfo) -> WaitingReason:
    """The last try failed, and the next one comes later."""
    message = (
        f"It failed at {clock_text(failed_at, zone)} and is retried at {clock_text(at, zone)}."
    )
    return WaitingReason(WaitingCode.BACKOFF, message, at)


def busy_account(task_id: str) -> WaitingReason:
    """The account runs one task at a time."""
    message = f"The account is running {task_id}."
    return WaitingReason(WaitingCode.ACCOUNT_BUSY, message, task_id=task_id)


def no_agent() -> WaitingReason:
    """No agent serves the account."""
    return WaitingReason(WaitingCode.NO_AGENT, "No agent serves this account.")


def offline_agent(name: str, last_seen_at: int | None, now: int) -> WaitingReason:
    """Agents serve the account, and none of them is online; `name` was seen last."""
    state = "was never seen"
    if last_seen_at is not None:
        state = f"was last seen {_duration_text(now - last_seen_at)} ago"
    return WaitingReason(WaitingCode.AGENT_OFFLINE, f"“{name}” {state}.")


def behind(count: int, until: int | None) -> WaitingReason:
    """Other tasks of the account go first; counted up to 1,000."""
    number = f"More than {MOST_COUNTED_AHEAD:,}" if count > MOST_COUNTED_AHEAD else f"{count:,}"
    noun, verb = ("task", "goes") if count == 1 else ("tasks", "go")
    message = f"{number} {noun} of this account {verb} first."
    return WaitingReason(WaitingCode.BEHIND, message, until, count=count)


def ready() -> WaitingReason:
    """Nothing stops it."""
    return WaitingReason(WaitingCode.READY, "An agent can take it at any moment.")


def from_hold(hold: Hold, action: ActionType, use: WindowUse | None, zone: tzinfo) -> WaitingReason:
    """What holds a kind of action back, as a reason; `use` is the limit that is used up."""
    return WaitingReason(
        WaitingCode(hold.code.value), _hold_message(hold, action, use, zone), hold.until
    )


def _hold_message(hold: Hold, action: ActionType, use: WindowUse | None, zone: tzinfo) -> str:
    until = None if hold.until is None else time_text(hold.until, zone)
    if hold.code is HoldCode.PROVIDER_LIMIT:
        return f"LinkedIn stopped {_NOUNS[action]} for this account until {until}."
    if hold.code is HoldCode.OUTSIDE_HOURS:
        return f"Outside the account's hours; they begin on {_weekday_text(hold.until, zone)}."
    if hold.code is HoldCode.GAP:
        return f"The account keeps a gap between two actions; the next may go at {until}."
    return _limit_message(action, use, until)


def _limit_message(action: ActionType, use: WindowUse | None, until: str | None) -> str:
    if use is None or use.limit == 0:
        noun = _NOUNS[action] if use is None or use.action else "actions"
        return f"The owner of this account allows no {noun}."
    noun = _NOUNS[use.action] if use.action else "actions"
    window = "24 hours" if use.window is LimitWindow.DAY else "7 days"
    return f"{use.used} of {use.limit} {noun} of {window} are used; the next may go at {until}."


def date_text(at: int, zone: tzinfo) -> str:
    """`3 December` there."""
    there = _there(at, zone)
    return f"{there.day} {there:%B}"


def clock_text(at: int, zone: tzinfo) -> str:
    """`10:02` there."""
    return f"{_there(at, zone):%H:%M}"


def time_text(at: int, zone: tzinfo) -> str:
    """`4 December 09:00 (Europe/Berlin)`."""
    return f"{date_text(at, zone)} {clock_text(at, zone)} ({zone})"


def _weekday_text(at: int | None, zone: tzinfo) -> str:
    if at is None:
        return "no day"
    there = _there(at, zone)
    return f"{there:%A} at {there:%H:%M} ({zone})"


def _there(at: int, zone: tzinfo) -> datetime:
    return (_EPOCH + timedelta(milliseconds=at)).astimezone(zone)


def _by_whom(by: str | None) -> str:
    return f" by {by}" if by else ""


def _with_note(note: str | None) -> str:
    return f": “{note}”." if note else "."


def _duration_text(ms: int) -> str:
    minutes = max(0, ms) // 60_000
    if minutes < 120:
        return f"{minutes} minute{'' if minutes == 1 else 's'}"
    hours = minutes // 60
    return f"{hours} hours" if hours < 48 else f"{hours // 24} days"
