"""Acting only as long as the lease allows it, and what is said about it afterwards."""

import asyncio
import logging
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from zenmode_agent.drivers.driver import (
    ActionFailed,
    AgentTask,
    NothingToDo,
    ProviderLimitReached,
)
from zenmode_agent.server.retrying import now
from zenmode_agent.tasks.action import EXIT_DRIVER_DID_NOT_STOP, perform_action
from zenmode_agent.tasks.lease import Lease

_TASK = AgentTask("task_1", "MESSAGE", "acc_1", "https://linkedin.com/in/jane", "Hello Jane", 1)

_GOES_ON = """
import asyncio, time
from zenmode_agent.tasks.action import perform_action
from zenmode_agent.drivers.driver import AgentTask
from zenmode_agent.tasks.lease import Lease
from zenmode_agent.server.retrying import now

class Stubborn:
    async def perform(self, task):
        print("acting", flush=True)
        while True:
            {act}

task = AgentTask("task_1", "MESSAGE", "acc_1", "https://linkedin.com/in/jane", None, 1)
asyncio.run(perform_action(Stubborn(), task, Lease("task_1", "lease-1", 3, now() + 3), 60))
"""
_DEAF = "try: await asyncio.sleep(60)\n            except asyncio.CancelledError: pass"
_BLOCKING = "time.sleep(60)"


@dataclass
class _Doing:
    """A driver made of one function."""

    perform: Callable[[AgentTask], Awaitable[Mapping[str, object]]]


def _lease(seconds_left: float = 50) -> Lease:
    """Of a minute: ten seconds before its end the agent stops acting."""
    return Lease("task_1", "lease-1", 60, now() + seconds_left + 10)


async def _hang(task: AgentTask) -> Mapping[str, object]:
    await asyncio.Event().wait()
    return {}


async def test_a_success_is_reported_with_the_drivers_result() -> None:
    async def perform(task: AgentTask) -> Mapping[str, object]:
        return {"success": True, "degree": 2}

    report = await perform_action(_Doing(perform), _TASK, _lease(), 60)
    assert report
    assert (report.task_id, report.lease_token, report.verb) == ("task_1", "lease-1", "complete")
    assert report.content == {"result": {"success": True, "degree": 2}}


async def test_a_failure_is_reported_in_the_drivers_words() -> None:
    async def perform(task: AgentTask) -> Mapping[str, object]:
        raise ActionFailed("not_found", "No such profile", retryable=False, retry_after_seconds=9)

    report = await perform_action(_Doing(perform), _TASK, _lease(), 60)
    assert report
    assert report.verb == "fail"
    assert report.content == {
        "code": "not_found",
        "message": "No such profile",
        "retryable": False,
        "retryAfterSeconds": 9,
    }


async def test_any_other_exception_is_an_unknown_outcome_that_is_not_tried_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def perform(task: AgentTask) -> Mapping[str, object]:
        raise RuntimeError(f"while typing {task.message}")

    report = await perform_action(_Doing(perform), _TASK, _lease(), 60)
    assert report
    assert (report.verb, report.content["code"]) == ("fail", "outcome_unknown")
    assert report.content["retryable"] is False
    assert "RuntimeError" in caplog.text
    assert "Hello Jane" not in caplog.text + str(report.content)


@pytest.mark.parametrize("result", [{"success": False}, {"success": 1}, None, ["success"]])
async def test_a_result_that_is_no_success_is_an_unknown_outcome(result: object) -> None:
    async def perform(task: AgentTask) -> Mapping[str, object]:
        return result  # type: ignore[return-value]

    report = await perform_action(_Doing(perform), _TASK, _lease(), 60)
    assert report
    assert (report.verb, report.content["code"]) == ("fail", "outcome_unknown")


@pytest.mark.parametrize("detail", [float("nan"), object(), {1, 2}])
async def test_a_success_that_is_no_json_is_reported_without_its_details(detail: object) -> None:
    async def perform(task: AgentTask) -> Mapping[str, object]:
        return {"success": True, "detail": detail}

    report = await perform_action(_Doing(perform), _TASK, _lease(), 60)
    assert report
    assert (report.verb, report.content) == ("complete", {"result": None})


async def test_acting_stops_before_the_lease_ends_and_nothing_is_claimed_about_it() -> None:
    lease, stopped_at = _lease(0.5), []

    async def perform(task: AgentTask) -> Mapping[str, object]:
        try:
            return await _hang(task)
        finally:
            stopped_at.append(now())

    assert await perform_action(_Doing(perform), _TASK, lease, 60) is None
    assert stopped_at[0] < lease.ends_at


async def test_acting_stops_at_once_when_the_lease_is_lost() -> None:
    lease = _lease()
    asyncio.get_running_loop().call_later(0.05, lease.abandon)
    began_at = now()
    assert await perform_action(_Doing(_hang), _TASK, lease, 60) is None
    assert now() - began_at < 2


async def test_a_renewed_lease_lets_the_action_go_on() -> None:
    lease = _lease(0.5)
    extended_to = now() + 60

    def extend() -> None:
        lease.ends_at = extended_to

    asyncio.get_running_loop().call_later(0.2, extend)

    async def perform(task: AgentTask) -> Mapping[str, object]:
        await asyncio.sleep(1)
        return {"success": True}

    report = await perform_action(_Doing(perform), _TASK, lease, 60)
    assert report
    assert report.verb == "complete"


async def test_an_action_past_its_limit_is_broken_off_as_of_unknown_outcome() -> None:
    report = await perform_action(_Doing(_hang), _TASK, _lease(), limit_seconds=0.1)
    assert report
    assert (report.verb, report.content["code"]) == ("fail", "outcome_unknown")
    assert report.content["retryable"] is False


async def test_what_a_driver_still_says_while_it_is_broken_off_is_believed() -> None:
    async def perform(task: AgentTask) -> Mapping[str, object]:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            raise ActionFailed("stopped", "Nothing was sent yet") from None
        return {}

    lease = _lease()
    asyncio.get_running_loop().call_later(0.05, lease.abandon)
    report = await perform_action(_Doing(perform), _TASK, lease, 60)
    assert report
    assert report.content["code"] == "stopped"


@pytest.mark.parametrize("stubborn", [_DEAF, _BLOCKING], ids=["deaf", "blocking"])
def test_a_driver_that_cannot_be_stopped_ends_the_process_before_the_lease_ends(
    stubborn: str,
) -> None:
    command = [sys.executable, "-c", _GOES_ON.format(act=stubborn)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"acting\n"
        began_at = time.monotonic()
        assert process.wait(timeout=20) == EXIT_DRIVER_DID_NOT_STOP
        assert 1 < time.monotonic() - began_at < 3


async def test_the_log_does_not_show_the_lease(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    await perform_action(_Doing(_hang), _TASK, _lease(0.5), 60)
    assert "lease-1" not in caplog.text
    assert "lease-1" not in repr(_lease())


async def test_linkedins_own_stop_is_reported_with_its_kind_and_its_end() -> None:
    until = datetime(2026, 12, 9, 9, 0, tzinfo=UTC)

    async def perform(task: AgentTask) -> Mapping[str, object]:
        raise ProviderLimitReached("TOO_MANY", "Slow down", whole_account=True, until=until)

    report = await perform_action(_Doing(perform), _TASK, _lease(), 60)
    assert report is not None
    assert (report.verb, report.content["code"]) == ("fail", "too_many")
    assert report.content["providerLimit"] == {
        "code": "TOO_MANY",
        "wholeAccount": True,
        "until": "2026-12-09T09:00:00+00:00",
    }


async def test_what_needed_no_action_is_completed_as_not_performed() -> None:
    async def perform(task: AgentTask) -> Mapping[str, object]:
        raise NothingToDo({"degree": 1})

    report = await perform_action(_Doing(perform), _TASK, _lease(), 60)
    assert report is not None
    assert (report.verb, report.content) == (
        "complete",
        {"result": {"degree": 1}, "performed": False},
    )
