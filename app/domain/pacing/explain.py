"""Why a pending task of an account does not run, and what waits, by reason."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.pacing.account_state import AccountState, WaitingTask
from app.domain.pacing.limits import LimitWindow
from app.domain.pacing.opening import Hold, HoldCode, window_opens_at
from app.domain.pacing.waiting import (
    MOST_COUNTED_AHEAD,
    WaitingCode,
    WaitingReason,
    WindowUse,
    backing_off,
    behind,
    busy_account,
    ended_subscription,
    from_hold,
    in_order,
    no_agent,
    offline_agent,
    paused_account,
    ready,
    scheduled,
)
from app.domain.tasks.task import ActionType


@dataclass(frozen=True, slots=True)
class WaitingCount:
    """How many tasks wait for one reason first, and until when (ms) the first of them."""

    code: WaitingCode
    count: int
    until: int | None


def waiting_reasons(task: WaitingTask, state: AccountState) -> list[WaitingReason]:
    """Returns every reason that would still stop a pending task, longest first.

    READY stands alone, if and only if a claim now, by an agent that serves the account and is
    online, would give the task out.
    """
    reasons = [
        *_account_reasons(state),
        *_time_reasons(task, state),
        *_pacing_reasons(task.action, state),
        *_position_reasons(task, state),
    ]
    agents = _agent_reasons(state)
    if not reasons and not agents:
        return [ready()]
    return in_order([*reasons, *agents])


def count_by_code(state: AccountState) -> list[WaitingCount]:
    """Returns how many tasks wait for which reason, by the first reason of each."""
    counts: dict[WaitingCode, WaitingCount] = {}
    for task in state.queue:
        first = waiting_reasons(task, state)[0]
        known = counts.get(first.code)
        ends = [one for one in (first.until, known.until if known else None) if one is not None]
        number = known.count + 1 if known else 1
        counts[first.code] = WaitingCount(first.code, number, min(ends, default=None))
    if (rest := state.waiting_count - len(state.queue)) > 0:
        known = counts.get(WaitingCode.BEHIND, WaitingCount(WaitingCode.BEHIND, 0, None))
        counts[WaitingCode.BEHIND] = WaitingCount(known.code, known.count + rest, known.until)
    return sorted(counts.values(), key=lambda one: -one.count)


def _account_reasons(state: AccountState) -> list[WaitingReason]:
    reasons = []
    if not state.is_subscribed:
        reasons.append(ended_subscription(state.subscription_ended_at, state.zone))
    if state.pause is not None:
        reasons.append(paused_account(state.pause.note, state.pause.until, state.pause.by))
    if state.running is not None:
        reasons.append(busy_account(state.running))
    return reasons


def _time_reasons(task: WaitingTask, state: AccountState) -> list[WaitingReason]:
    if task.not_before is None or task.is_due(state.now):
        return []
    if task.not_before == task.scheduled_at:
        return [scheduled(task.not_before, state.zone)]
    return [backing_off(task.changed_at, task.not_before, state.zone)]


def _pacing_reasons(action: ActionType, state: AccountState) -> list[WaitingReason]:
    return [
        from_hold(hold, action, _use_of(hold, action, state), state.zone)
        for hold in state.openings[action].holds
    ]


def _position_reasons(task: WaitingTask, state: AccountState) -> list[WaitingReason]:
    if not task.is_due(state.now):
        return []
    position = state.positions.get(task.seq)
    if position is None:
        return [behind(MOST_COUNTED_AHEAD + 1, None)]
    if position.is_next:
        return []
    return [behind(position.ahead, state.estimated_start(task))]


def _agent_reasons(state: AccountState) -> list[WaitingReason]:
    if state.is_served:
        return []
    if not state.agents:
        return [no_agent()]
    latest = max(state.agents, key=lambda agent: agent.last_seen_at or 0)
    return [offline_agent(latest.name, latest.last_seen_at, state.now)]


def _use_of(hold: Hold, action: ActionType, state: AccountState) -> WindowUse | None:
    """Returns the limit behind a hold: the one that lets go last."""
    settings, history = state.settings, state.history
    pace, day = settings.paces[action], LimitWindow.DAY
    kind = history.counted[action]
    if hold.code is HoldCode.WEEK_LIMIT:
        return _window_use(action, kind, pace.per_week, LimitWindow.WEEK, state)
    if hold.code is not HoldCode.DAY_LIMIT:
        return None
    until = window_opens_at(kind, pace.per_day, day, settings.ramp, state.now)
    if until == hold.until:
        return _window_use(action, kind, pace.per_day, day, state)
    return _window_use(None, history.total, settings.total_per_day, day, state)


def _window_use(
    action: ActionType | None,
    times: Sequence[int],
    limit: int,
    window: LimitWindow,
    state: AccountState,
) -> WindowUse:
    used = sum(1 for at in times if at > state.now - window.milliseconds)
    return WindowUse(action, window, used, state.settings.ramp.limit_at(limit, state.now))
