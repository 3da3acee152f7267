"""An account at one moment: positions, openings, starts."""

from dataclasses import replace

from app.domain.pacing.account_state import AccountState, Pause, ServingAgent, WaitingTask
from app.domain.pacing.limits import Ramp
from app.domain.pacing.opening import AccountHistory, Lock, PacingSettings
from app.domain.pacing.queue import QueuedTask
from app.domain.tasks.task import ActionType
from app.domain.times import MS_PER_HOUR

_NOW = 1_775_000_000_000
_AGENT = ServingAgent("agt_1", "Laptop", _NOW, is_online=True)


def task(seq: int, action: ActionType = ActionType.CONNECT, **more: int) -> WaitingTask:
    return WaitingTask(seq, action, more.get("priority", 0), more.get("not_before"), None, 0)


def state(*queue: WaitingTask, is_on: bool = True, locks: tuple[Lock, ...] = ()) -> AccountState:
    return AccountState(
        id="acc_1",
        now=_NOW,
        settings=PacingSettings(is_on, Ramp(0, 0)),
        history=AccountHistory.of({}, locks=locks),
        queue=queue,
        waiting_count=len(queue),
        agents=(_AGENT,),
    )


def test_a_paced_account_gives_its_first_task_and_an_unpaced_one_fifty() -> None:
    queue = [task(number) for number in range(60)]
    paced, unpaced = state(*queue), state(*queue, is_on=False)
    assert sum(one.is_next for one in paced.positions.values()) == 1
    assert sum(one.is_next for one in unpaced.positions.values()) == 50
    assert paced.positions[59].ahead == 59


def test_a_kind_that_is_shut_holds_no_other_back() -> None:
    shut = state(
        task(1),
        task(2, ActionType.FOLLOW),
        locks=(Lock(ActionType.CONNECT, _NOW + MS_PER_HOUR),),
    )
    assert shut.positions[2].is_next
    assert shut.positions[1].is_next
    assert not shut.openings[ActionType.CONNECT].is_open(_NOW)


def test_a_task_that_is_due_later_has_no_position_yet() -> None:
    assert state(task(1, not_before=_NOW + 1)).positions == {}


def test_starts_follow_the_queue_and_new_tasks_come_last() -> None:
    found = state(task(1)).starts_with([QueuedTask(ActionType.CONNECT, 0, 2)])
    assert found == [_NOW, _NOW + 7 * 60_000]


def test_nothing_starts_while_nothing_can_run_it() -> None:
    waiting = state(task(1))
    assert waiting.estimated_start(task(1)) == _NOW
    assert waiting.drains_at == _NOW
    assert replace(waiting, agents=()).estimated_start(task(1)) is None
    assert replace(waiting, pause=Pause(None, None, None)).drains_at is None
    until = _NOW + MS_PER_HOUR
    assert replace(waiting, pause=Pause(None, until, None)).drains_at == until
    assert replace(waiting, is_subscribed=False).drains_at is None


def test_dates_are_those_of_the_zone() -> None:
    at = 1_775_000_000_000
    there = replace(
        state(), settings=PacingSettings(True, Ramp(0, 0), time_zone="Pacific/Kiritimati")
    )
    assert state().date_of(at) == "2026-03-31"
    assert there.date_of(at) == "2026-04-01"
