"""The life of one task in the agent, under every answer of the server."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.agent.scripted import ScriptedHttp, data, error, scripted_http
from tests.waiting import until
from zenmode_agent.drivers.driver import AgentTask
from zenmode_agent.errors import TokenRefused
from zenmode_agent.server.graphql_client import GraphQLClient
from zenmode_agent.server.retrying import now
from zenmode_agent.shutdown import Shutdown
from zenmode_agent.tasks.journal import Journal, JournalUnusable
from zenmode_agent.tasks.lease import Lease
from zenmode_agent.tasks.task_runner import TaskRunner

_TASK = {
    "id": "task_1",
    "actionType": "MESSAGE",
    "linkedinAccountId": "acc_1",
    "payload": {"profile_url": "https://linkedin.com/in/jane", "message": "Hello Jane"},
    "attemptCount": 2,
}
_STARTED = data(startTask={"lease": {"task": _TASK}})
_COMPLETED = data(completeTask={"task": {"id": "task_1", "status": "COMPLETED"}})
_RELEASED = data(releaseTask={"task": {"id": "task_1"}})
_BUSY = error("ACCOUNT_BUSY")


@dataclass
class _Recorder:
    """A driver that remembers what it was asked for, and goes on when it may."""

    may_go_on: asyncio.Event = field(default_factory=asyncio.Event)
    performed: list[AgentTask] = field(default_factory=list)

    async def perform(self, task: AgentTask) -> Mapping[str, object]:
        self.performed.append(task)
        await self.may_go_on.wait()
        return {"success": True}


@dataclass
class _Agent:
    script: ScriptedHttp
    task_runner: TaskRunner
    driver: _Recorder
    lease: Lease

    def operations(self) -> list[str]:
        return [body["query"].split()[1].partition("(")[0] for _, body in self.script.requests]

    async def run(self) -> None:
        await self.task_runner.run(self.lease)


@asynccontextmanager
async def _agent(folder: Path, seconds: float = 60) -> AsyncIterator[_Agent]:
    driver = _Recorder()
    driver.may_go_on.set()
    journal = Journal.open(folder)
    async with scripted_http() as script, GraphQLClient(script.url, "zma_secret") as session:
        script.answers.update(
            StartTask=[_STARTED], CompleteTask=[_COMPLETED], ReleaseTask=[_RELEASED]
        )
        script.answers["RenewLeases"] = [data(renewLeases={"lost": []})]
        task_runner = TaskRunner(session, journal, driver, Shutdown(), 60)
        yield _Agent(
            script, task_runner, driver, Lease("task_1", "lease-1", seconds, now() + seconds)
        )
    journal.close()


async def test_a_task_is_started_performed_and_completed(tmp_path: Path) -> None:
    async with _agent(tmp_path) as agent:
        await agent.run()
        assert agent.operations() == ["StartTask", "CompleteTask"]
        assert agent.driver.performed == [
            AgentTask("task_1", "MESSAGE", "acc_1", "https://linkedin.com/in/jane", "Hello Jane", 2)
        ]
        assert agent.task_runner.journal.unfinished() == []


async def test_a_lease_is_in_the_journal_before_the_server_is_asked_to_start(
    tmp_path: Path,
) -> None:
    async with _agent(tmp_path) as agent:
        agent.driver.may_go_on.clear()
        running = asyncio.create_task(agent.run())
        await until(lambda: agent.driver.performed)
        assert agent.task_runner.journal.unfinished() == [("task_1", "lease-1")]
        agent.driver.may_go_on.set()
        await running


async def test_one_lease_is_never_performed_twice(tmp_path: Path) -> None:
    async with _agent(tmp_path) as agent:
        agent.task_runner.journal.begin("task_1", "lease-1")
        with pytest.raises(JournalUnusable):
            await agent.run()
        assert agent.operations() == ["ReleaseTask"]
        assert agent.driver.performed == []


async def test_a_start_whose_answer_was_lost_is_asked_again(tmp_path: Path) -> None:
    async with _agent(tmp_path) as agent:
        agent.script.answers["StartTask"] = [None, _STARTED]
        await agent.run()
        assert agent.operations() == ["StartTask", "StartTask", "CompleteTask"]
        assert len(agent.driver.performed) == 1


async def test_a_busy_account_is_waited_for_under_the_same_lease(tmp_path: Path) -> None:
    async with _agent(tmp_path) as agent:
        agent.script.answers["StartTask"] = [_BUSY, _BUSY, _STARTED]
        await agent.run()
        assert agent.operations() == ["StartTask", "StartTask", "StartTask", "CompleteTask"]
        leases = [sent["input"]["leaseToken"] for sent in agent.script.variables_of("StartTask")]
        assert set(leases) == {"lease-1"}


async def test_a_lease_is_renewed_while_its_account_is_busy(tmp_path: Path) -> None:
    async with _agent(tmp_path, seconds=1.2) as agent:
        agent.script.answers["StartTask"] = [_BUSY]
        running = asyncio.create_task(agent.run())
        await until(lambda: agent.operations().count("RenewLeases") >= 4)
        agent.script.answers["StartTask"] = [error("CONFLICT")]
        await running


async def test_a_stop_while_the_account_is_busy_releases_the_task(tmp_path: Path) -> None:
    async with _agent(tmp_path) as agent:
        agent.script.answers["StartTask"] = [_BUSY]
        running = asyncio.create_task(agent.run())
        await until(lambda: "StartTask" in agent.operations())
        agent.task_runner.stop.requested.set()
        await running
        assert agent.operations() == ["StartTask", "ReleaseTask"]
        assert agent.task_runner.journal.unfinished() == []


async def test_after_a_stop_a_claimed_task_is_released_unbegun(tmp_path: Path) -> None:
    async with _agent(tmp_path) as agent:
        agent.task_runner.stop.requested.set()
        await agent.run()
        assert agent.operations() == ["ReleaseTask"]


async def test_what_was_begun_before_a_stop_is_finished_and_reported(tmp_path: Path) -> None:
    async with _agent(tmp_path) as agent:
        agent.driver.may_go_on.clear()
        running = asyncio.create_task(agent.run())
        await until(lambda: agent.driver.performed)
        agent.task_runner.stop.requested.set()
        agent.driver.may_go_on.set()
        await running
        assert agent.operations() == ["StartTask", "CompleteTask"]


@pytest.mark.parametrize("code", ["LEASE_LOST", "CONFLICT", "NOT_FOUND"])
async def test_a_task_that_cannot_be_started_is_not_performed(code: str, tmp_path: Path) -> None:
    async with _agent(tmp_path) as agent:
        agent.script.answers["StartTask"] = [error(code)]
        await agent.run()
        assert agent.operations() == ["StartTask"]
        assert agent.driver.performed == []
        assert agent.task_runner.journal.unfinished() == []


async def test_a_start_that_stays_unanswered_until_the_lease_ends_is_not_performed(
    tmp_path: Path,
) -> None:
    async with _agent(tmp_path, seconds=1.2) as agent:
        agent.script.answers["StartTask"] = [None]
        agent.script.answers["RenewLeases"] = [None]
        await agent.run()
        assert agent.driver.performed == []
        assert set(agent.operations()) == {"StartTask", "RenewLeases"}


async def test_a_lease_that_is_lost_while_acting_is_not_reported(tmp_path: Path) -> None:
    async with _agent(tmp_path) as agent:
        agent.driver.may_go_on.clear()
        running = asyncio.create_task(agent.run())
        await until(lambda: agent.driver.performed)
        agent.lease.abandon()
        await running
        assert agent.operations() == ["StartTask"]
        assert agent.task_runner.journal.unfinished() == []


async def test_a_refused_token_at_the_start_leaves_nothing_in_the_journal(tmp_path: Path) -> None:
    async with _agent(tmp_path) as agent:
        agent.script.answers["StartTask"] = [error("UNAUTHENTICATED", status=401)]
        with pytest.raises(TokenRefused):
            await agent.run()
        assert agent.task_runner.journal.unfinished() == []


async def test_the_log_shows_neither_message_nor_lease(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with _agent(tmp_path) as agent:
        agent.script.answers["StartTask"] = [None, _BUSY, _STARTED]
        agent.script.answers["CompleteTask"] = [None, _COMPLETED]
        await agent.run()
    assert "task_1" in caplog.text
    for secret in ("Hello Jane", "lease-1", "zma_secret"):
        assert secret not in caplog.text
