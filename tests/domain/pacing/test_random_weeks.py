"""A thousand random weeks: no rolling window ever holds more than its limit when one begins.

Starts, failures, manual work, locks, changed limits and hours, in four time zones, across both
changes of the clock.
"""

import random
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from app.domain.pacing.hours import OpeningHours, OpenRange
from app.domain.pacing.limits import DEFAULT_PACES, GAP_BETWEEN_KINDS_MS, LimitWindow, Ramp
from app.domain.pacing.opening import (
    AccountHistory,
    LastStart,
    Lock,
    PacingSettings,
    opening_of,
)
from app.domain.pacing.queue import QueuedTask, play
from app.domain.tasks.task import ActionType
from app.domain.times import MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE

_WEEKS = 1_000
_EVENTS_A_WEEK = 60
_ZONES = ("America/New_York", "Europe/Berlin", "Australia/Sydney", "Asia/Kolkata")
# A week before a change of the clock, in either direction, on both halves of the globe.
_BEGINS = tuple(
    int(datetime(2026, month, day, tzinfo=UTC).timestamp() * 1_000)
    for month, day in ((3, 5), (3, 26), (4, 2), (10, 1), (10, 22), (10, 29))
)
_DAY, _WEEK = LimitWindow.DAY, LimitWindow.WEEK


class Life:
    """One account, as the database keeps it."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.now = self.chance.choice(_BEGINS)
        self.zone = ZoneInfo(self.chance.choice(_ZONES))
        self.counted: dict[ActionType, list[int]] = {action: [] for action in ActionType}
        self.last: dict[ActionType, LastStart] = {}
        self.locks: list[Lock] = []
        ramp = Ramp(self.now - self.chance.randint(0, 20) * MS_PER_DAY, 14)
        self.settings = PacingSettings(is_on=True, ramp=ramp, hours=self.some_hours())

    def some_hours(self) -> OpeningHours | None:
        if self.chance.random() < 0.4:
            return None
        ranges = [
            OpenRange(day, opens, opens + self.chance.randint(1, 300))
            for day in range(7)
            for opens in (self.chance.randint(0, 600), self.chance.randint(660, 1_139))
        ]
        return OpeningHours(self.zone, tuple(ranges))

    def history(self) -> AccountHistory:
        since = self.now - _WEEK.milliseconds
        counted = {kind: [at for at in times if at > since] for kind, times in self.counted.items()}
        return AccountHistory.of(counted, self.last, self.locks)

    def happen(self) -> None:
        """Something that has to do with the account, or time."""
        kind = self.chance.choice(tuple(ActionType))
        event = self.chance.randint(0, 9)
        if event == 0:
            self.counted[kind].append(self.now - self.chance.randint(0, MS_PER_DAY))
        elif event == 1 and self.counted[kind]:
            # An agent says that nothing happened.
            self.counted[kind].pop(self.chance.randrange(len(self.counted[kind])))
        elif event == 2:
            action = kind if self.chance.random() < 0.5 else None
            self.locks.append(Lock(action, self.now + self.chance.randint(1, MS_PER_DAY)))
        elif event == 3:
            pace = replace(
                DEFAULT_PACES[kind],
                per_day=self.chance.randint(0, 4),
                per_week=self.chance.randint(0, 9),
                gap_min_seconds=0,
            )
            self.settings = replace(self.settings, paces={**self.settings.paces, kind: pace})
        elif event == 4:
            self.settings = replace(
                self.settings, hours=self.some_hours(), total_per_day=self.chance.randint(1, 9)
            )
        self.try_to_start(kind)

    def try_to_start(self, kind: ActionType) -> None:
        """Begins an action at the very moment that the rules name, or now."""
        opening = opening_of(kind, self.settings, self.history(), self.now)
        if opening.opens_at is None:
            self.now += MS_PER_HOUR
            return
        if opening.opens_at > self.now:
            self.must_be_shut(kind, self.now)
            self.now = opening.opens_at
        self.must_be_allowed(kind)
        self.counted[kind].append(self.now)
        self.last[kind] = LastStart(self.now, self.chance.random())
        self.now += self.chance.choice([1, MS_PER_MINUTE, MS_PER_HOUR])

    def must_be_allowed(self, kind: ActionType) -> None:
        """Counted by hand, without the functions under test."""
        pace, ramp = self.settings.paces[kind], self.settings.ramp
        total = [at for times in self.counted.values() for at in times]
        for times, window, limit in (
            (self.counted[kind], _DAY, pace.per_day),
            (self.counted[kind], _WEEK, pace.per_week),
            (total, _DAY, self.settings.total_per_day),
        ):
            held = sum(1 for at in times if self.now - window.milliseconds < at <= self.now)
            assert held < ramp.limit_at(limit, self.now)
        assert not any(lock.holds(kind) and lock.until > self.now for lock in self.locks)
        hours = self.settings.hours
        if hours is not None:
            wall = datetime.fromtimestamp(self.now / 1_000, self.zone)
            minute = wall.hour * 60 + wall.minute
            assert any(
                one.weekday == wall.weekday() and one.opens <= minute < one.closes
                for one in hours.ranges
            )
        for other, last in self.last.items():
            if other is not kind:
                assert self.now >= last.at + GAP_BETWEEN_KINDS_MS
            else:
                assert self.now >= last.at + pace.gap_min_seconds * 1_000

    def must_be_shut(self, kind: ActionType, at: int) -> None:
        """What the rules hold back until later is held back until a moment before, too."""
        opening = opening_of(kind, self.settings, self.history(), at)
        assert opening.holds
        assert not opening.is_open(at)


@pytest.mark.parametrize("part", range(4))
def test_no_window_holds_more_than_its_limit_when_an_action_begins(part: int) -> None:
    for seed in range(part * _WEEKS // 4, (part + 1) * _WEEKS // 4):
        life = Life(seed)
        for _ in range(_EVENTS_A_WEEK):
            life.happen()


def test_a_simulated_fortnight_stays_within_the_spread_of_its_forecast() -> None:
    settings = PacingSettings(is_on=True, ramp=Ramp(0, 0))
    pace = DEFAULT_PACES[ActionType.CONNECT]
    spread_ms = (pace.gap_max_seconds - pace.gap_min_seconds) * 1_000
    begin = _BEGINS[0]
    tasks = [QueuedTask(ActionType.CONNECT, 0, number) for number in range(150)]
    forecast = play(tasks, settings, AccountHistory.of({}), begin)
    for seed in range(5):
        chance, history, at = random.Random(seed), AccountHistory.of({}), begin
        for number, expected in enumerate(forecast):
            opens_at = opening_of(ActionType.CONNECT, settings, history, at).opens_at
            assert opens_at is not None
            assert expected is not None
            at = max(at, opens_at)
            assert abs(at - expected) <= number * spread_ms / 2 + 1
            history.add_start(ActionType.CONNECT, LastStart(at, chance.random()))
        assert at < begin + 14 * MS_PER_DAY
