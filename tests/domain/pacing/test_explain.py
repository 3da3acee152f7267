"""Every reason that stops a task, longest first."""

from dataclasses import replace

from app.domain.pacing.account_state import AccountState, Pause, ServingAgent, WaitingTask
from app.domain.pacing.explain import count_by_code, waiting_reasons
from app.domain.pacing.limits import Ramp
from app.domain.pacing.opening import AccountHistory, PacingSettings
from app.domain.tasks.task import ActionType
from app.domain.times import MS_PER_DAY, MS_PER_MINUTE

_NOW = 1_775_000_000_000
_TASK = WaitingTask(1, ActionType.CONNECT, 0, None, None, _NOW - MS_PER_MINUTE)
_AGENT = ServingAgent("agt_1", "Laptop", _NOW, is_online=True)


def state(*queue: WaitingTask, counted: int = 0, **more: object) -> AccountState:
    history = AccountHistory.of({ActionType.CONNECT: [_NOW - MS_PER_MINUTE] * counted})
    plain = AccountState(
        id="acc_1",
        now=_NOW,
        settings=PacingSettings(is_on=True, ramp=Ramp(0, 0)),
        history=history,
        queue=queue or (_TASK,),
        waiting_count=len(queue) or 1,
        agents=(_AGENT,),
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def codes(task: WaitingTask, account: AccountState) -> list[str]:
    return [one.code.value for one in waiting_reasons(task, account)]


def test_ready_stands_alone() -> None:
    assert codes(_TASK, state()) == ["ready"]


def test_what_has_no_end_comes_first_then_the_longest() -> None:
    offline = replace(_AGENT, is_online=False, last_seen_at=_NOW - 40 * MS_PER_MINUTE)
    account = state(counted=18, agents=(offline,), pause=Pause("holiday", _NOW + 1, "Ana"))
    assert codes(_TASK, account) == ["agent_offline", "day_limit", "account_paused"]


def test_the_limit_that_lets_go_last_is_named_with_its_numbers() -> None:
    (reason,) = waiting_reasons(_TASK, state(counted=18))
    assert reason.message.startswith("18 of 18 invitations of 24 hours are used")
    assert reason.until == _NOW - MS_PER_MINUTE + MS_PER_DAY
    total = state(counted=3, settings=PacingSettings(True, Ramp(0, 0), total_per_day=3))
    (reason,) = waiting_reasons(_TASK, total)
    assert reason.message.startswith("3 of 3 actions of 24 hours are used")


def test_a_time_that_was_set_is_told_from_a_try_that_failed() -> None:
    later = _NOW + MS_PER_MINUTE
    scheduled = replace(_TASK, not_before=later, scheduled_at=later)
    assert codes(scheduled, state(scheduled)) == ["scheduled"]
    failed = replace(_TASK, not_before=later)
    assert codes(failed, state(failed)) == ["backoff"]


def test_a_task_beyond_those_that_were_read_is_behind_more_than_a_thousand() -> None:
    far = replace(_TASK, seq=9)
    (reason,) = waiting_reasons(far, state())
    assert reason.message.startswith("More than 1,000 tasks")


def test_the_queue_is_counted_by_first_reasons_the_rest_as_behind() -> None:
    second = replace(_TASK, seq=2)
    account = state(_TASK, second, waiting_count=5)
    assert {one.code.value: one.count for one in count_by_code(account)} == {
        "behind": 4,
        "ready": 1,
    }
