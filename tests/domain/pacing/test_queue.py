"""A queue played through ahead of time."""

from dataclasses import replace

from app.domain.pacing.limits import DEFAULT_PACES, ActionPace, Ramp
from app.domain.pacing.opening import AccountHistory, PacingSettings
from app.domain.pacing.queue import LONGEST_PLAYED_MS, QueuedTask, play
from app.domain.tasks.task import ActionType
from app.domain.times import MS_PER_DAY, MS_PER_MINUTE, MS_PER_SECOND

_NOW = 1_800_000_000_000
_CONNECT, _FOLLOW = ActionType.CONNECT, ActionType.FOLLOW
_PACED = PacingSettings(is_on=True, ramp=Ramp(0, 0))
_EMPTY = AccountHistory.of({})


def _play(tasks: list[QueuedTask], pacing: PacingSettings = _PACED) -> list[int | None]:
    return play(tasks, pacing, _EMPTY, _NOW)


def test_the_first_begins_at_once_and_the_next_after_the_mean_gap() -> None:
    tasks = [QueuedTask(_CONNECT, 0, number) for number in range(3)]
    gap = 7 * MS_PER_MINUTE
    assert _play(tasks) == [_NOW, _NOW + gap, _NOW + 2 * gap]


def test_a_higher_priority_goes_first_whatever_its_age() -> None:
    tasks = [QueuedTask(_CONNECT, 0, 1), QueuedTask(_CONNECT, 5, 2)]
    assert _play(tasks) == [_NOW + 7 * MS_PER_MINUTE, _NOW]


def test_a_kind_that_is_shut_holds_no_other_kind_back() -> None:
    tasks = [QueuedTask(_CONNECT, 9, 1), QueuedTask(_CONNECT, 9, 2), QueuedTask(_FOLLOW, 0, 3)]
    assert _play(tasks) == [_NOW, _NOW + 7 * MS_PER_MINUTE, _NOW + 30 * MS_PER_SECOND]


def test_a_task_for_later_waits_for_its_time_and_holds_nothing_back() -> None:
    later = _NOW + MS_PER_DAY
    tasks = [QueuedTask(_CONNECT, 9, 1, later), QueuedTask(_CONNECT, 0, 2)]
    assert _play(tasks) == [later, _NOW]


def test_the_nineteenth_invitation_of_a_day_waits_for_the_first_to_leave_the_window() -> None:
    starts = _play([QueuedTask(_CONNECT, 0, number) for number in range(19)])
    assert starts[18] == _NOW + MS_PER_DAY


def test_what_may_never_begin_has_no_start() -> None:
    never = replace(_PACED, paces={**DEFAULT_PACES, _CONNECT: ActionPace(0, 0, 0, 0)})
    tasks = [QueuedTask(_CONNECT, 0, 1), QueuedTask(_FOLLOW, 0, 2)]
    assert _play(tasks, never) == [None, _NOW]


def test_beyond_ninety_days_nothing_is_said() -> None:
    tasks = [QueuedTask(_CONNECT, 0, 1, _NOW + LONGEST_PLAYED_MS + 1), QueuedTask(_CONNECT, 0, 2)]
    assert _play(tasks) == [None, _NOW]


def test_playing_leaves_the_history_as_it_was() -> None:
    history = AccountHistory.of({})
    play([QueuedTask(_CONNECT, 0, 1)], _PACED, history, _NOW)
    assert history == AccountHistory.of({})
