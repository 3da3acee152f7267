"""An account's queue played through ahead of time, with the functions that set the gates."""

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.domain.pacing.opening import AccountHistory, LastStart, PacingSettings, opening_of
from app.domain.tasks.task import ActionType
from app.domain.times import MS_PER_DAY

MOST_PLAYED_TASKS = 2_000
LONGEST_PLAYED_MS = 90 * MS_PER_DAY

_MEAN_FRACTION = 0.5


@dataclass(frozen=True, slots=True)
class QueuedTask:
    """A task that waits. Higher `priority` goes first, then lower `order`.

    `not_before` is the earliest time in milliseconds, None for at once.
    """

    action: ActionType
    priority: int
    order: int
    not_before: int | None = None


@dataclass(slots=True)
class _Line:
    """The tasks of one kind of action: those whose time has come, and those that come later."""

    due: list[tuple[int, int, int]] = field(default_factory=list)
    later: list[tuple[int, int, int, int]] = field(default_factory=list)

    def add(self, index: int, task: QueuedTask, now: int) -> None:
        rank = (-task.priority, task.order, index)
        if task.not_before is None or task.not_before <= now:
            heapq.heappush(self.due, rank)
        else:
            heapq.heappush(self.later, (task.not_before, *rank))

    def first_at(self, now: int) -> int | None:
        """When one of these can be taken at the earliest; None when there is none."""
        if self.due:
            return now
        return max(now, self.later[0][0]) if self.later else None

    def head(self, at: int) -> tuple[int, int, int]:
        """The one that goes first at this time."""
        while self.later and self.later[0][0] <= at:
            heapq.heappush(self.due, heapq.heappop(self.later)[1:])
        return self.due[0]


def play(
    tasks: Sequence[QueuedTask], settings: PacingSettings, history: AccountHistory, now: int
) -> list[int | None]:
    """When each task would begin, with the mean of each gap, nothing else happening meanwhile.

    None for those beyond the first 2,000 or 90 days, and for those that may never begin.
    """
    starts: list[int | None] = [None] * len(tasks)
    lines = _lines(tasks, now)
    history, at = history.copy(), now
    for _ in range(min(len(tasks), MOST_PLAYED_TASKS)):
        found = _next_start(lines, settings, history, at)
        if found is None or found[0] > now + LONGEST_PLAYED_MS:
            break
        at, action = found
        starts[heapq.heappop(lines[action].due)[2]] = at
        history.add_start(action, LastStart(at, _MEAN_FRACTION))
    return starts


def _lines(tasks: Iterable[QueuedTask], now: int) -> dict[ActionType, _Line]:
    lines: dict[ActionType, _Line] = {}
    for index, task in enumerate(tasks):
        lines.setdefault(task.action, _Line()).add(index, task, now)
    return lines


def _next_start(
    lines: dict[ActionType, _Line], settings: PacingSettings, history: AccountHistory, at: int
) -> tuple[int, ActionType] | None:
    candidates: list[tuple[int, ActionType]] = []
    for action, line in lines.items():
        first = line.first_at(at)
        opens_at = None if first is None else opening_of(action, settings, history, first).opens_at
        if opens_at is not None:
            candidates.append((opens_at, action))
    if not candidates:
        return None
    soonest = min(opens_at for opens_at, _ in candidates)
    open_then = [action for opens_at, action in candidates if opens_at == soonest]
    return soonest, min(open_then, key=lambda action: lines[action].head(soonest))
