"""All that decides about an account's tasks at one moment: settings, history, agents, queue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cached_property
from zoneinfo import ZoneInfo

from app.domain.pacing.opening import AccountHistory, Opening, PacingSettings, opening_of
from app.domain.pacing.queue import QueuedTask, play
from app.domain.tasks.task import ActionType

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
UNPACED_TASKS_A_CLAIM = 50
"""An agent can claim that many tasks of an unpaced account at once."""


@dataclass(frozen=True, slots=True)
class WaitingTask:
    """A pending task; times in milliseconds. `changed_at` is when it last failed, if it did."""

    seq: int
    action: ActionType
    priority: int
    not_before: int | None
    scheduled_at: int | None
    changed_at: int

    def is_due(self, now: int) -> bool:
        """Returns whether its time has come."""
        return self.not_before is None or self.not_before <= now

    @property
    def turn(self) -> tuple[int, int]:
        """Sorts tasks in their turn."""
        return -self.priority, self.seq


@dataclass(frozen=True, slots=True)
class ServingAgent:
    """An agent that serves the account."""

    id: str
    name: str
    last_seen_at: int | None
    is_online: bool


@dataclass(frozen=True, slots=True)
class Pause:
    """Why the account is paused, until when (ms; None: until a person resumes it), by whom."""

    note: str | None
    until: int | None
    by: str | None


@dataclass(frozen=True, slots=True)
class QueuePosition:
    """How many tasks that are due come before a task, and whether a claim could take it first."""

    ahead: int
    is_next: bool


@dataclass(frozen=True)
class AccountState:
    """An account at the moment `now` (ms). `queue` holds its first pending tasks, in their turn.

    `settings` are off where the installation does not pace accounts. `running` is the id of the
    task that it is at. `subscription_end` is set once the subscription has ended: when, if known.
    """

    id: str
    now: int
    settings: PacingSettings
    history: AccountHistory
    queue: Sequence[WaitingTask]
    waiting_count: int
    running: str | None = None
    pause: Pause | None = None
    is_subscribed: bool = True
    subscription_ended_at: int | None = None
    agents: Sequence[ServingAgent] = ()

    @property
    def zone(self) -> tzinfo:
        """The zone in which people read times."""
        return ZoneInfo(self.settings.time_zone) if self.settings.time_zone else UTC

    def date_of(self, at: int) -> str:
        """Returns the date of a time (ms) in the account's zone, as `2026-12-01`."""
        return (_EPOCH + at * _MILLISECOND).astimezone(self.zone).date().isoformat()

    @cached_property
    def openings(self) -> dict[ActionType, Opening]:
        """When each kind of action may begin."""
        return {
            action: opening_of(action, self.settings, self.history, self.now)
            for action in ActionType
        }

    @cached_property
    def positions(self) -> dict[int, QueuePosition]:
        """The position of each task of the queue that is due, by its `seq`."""
        found: dict[int, QueuePosition] = {}
        ahead_by_kind = dict.fromkeys(ActionType, 0)
        ahead, open_ahead = 0, 0
        most = 1 if self.settings.is_on else UNPACED_TASKS_A_CLAIM
        for task in self.queue:
            if not task.is_due(self.now):
                continue
            is_open = self.openings[task.action].is_open(self.now)
            before = open_ahead if is_open else ahead_by_kind[task.action]
            found[task.seq] = QueuePosition(ahead, before < most)
            ahead += 1
            ahead_by_kind[task.action] += 1
            open_ahead += is_open
        return found

    @cached_property
    def starts(self) -> dict[int, int | None]:
        """When each task of the queue would begin, by its `seq`, if an agent serves the account."""
        return dict(zip((task.seq for task in self.queue), self.starts_with(()), strict=False))

    def starts_with(self, new: Sequence[QueuedTask]) -> list[int | None]:
        """Returns when the tasks of the queue, then new ones, would begin.

        None for those that may never begin as things are, and for those too far away.
        """
        tasks = [
            QueuedTask(task.action, task.priority, task.seq, task.not_before) for task in self.queue
        ]
        tasks += new
        if not self.is_subscribed or (self.pause is not None and self.pause.until is None):
            return [None] * len(tasks)
        begin = max(self.now, self.pause.until or 0) if self.pause else self.now
        return play(tasks, self.settings, self.history, begin)

    @property
    def is_served(self) -> bool:
        """Whether an agent that serves the account is online."""
        return any(agent.is_online for agent in self.agents)

    def estimated_start(self, task: WaitingTask) -> int | None:
        """Returns when a pending task would begin; None while nothing could run it."""
        return self.starts.get(task.seq) if self.is_served else None

    @property
    def drains_at(self) -> int | None:
        """When the last task of the queue would begin; None if that cannot be said."""
        starts = [self.estimated_start(task) for task in self.queue]
        known = [at for at in starts if at is not None]
        is_whole = len(known) == len(starts) == self.waiting_count
        return max(known, default=None) if is_whole else None
