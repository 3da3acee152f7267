"""The agent from its start: whom it greets, what it refuses, what it does first."""

import asyncio
import logging
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.agent.scripted import ScriptedHttp, data, error, scripted_http
from tests.waiting import until
from zenmode_agent import errors
from zenmode_agent.agent import run_agent
from zenmode_agent.data_folder import data_folder
from zenmode_agent.options import AgentOptions
from zenmode_agent.tasks.journal import Journal, Report
from zenmode_agent.token import token_hint

# Made up, with a right checksum; in two parts, so that it is not taken for a real token.
_REST = "ab12cdefghijklmnopqrstuvwxyz1242t6zm"
_TOKEN = "zma_" + _REST
_VIEWER = {"agent": {"id": "agt_1", "name": "laptop"}, "workspace": {"name": "Acme"}}
_ACCOUNT = {"id": "acc_1", "name": "Jane", "status": "ACTIVE"}


@asynccontextmanager
async def _server() -> AsyncIterator[ScriptedHttp]:
    async with scripted_http() as script:
        script.answers["Identify"] = [data(viewer=_VIEWER)]
        script.answers["Announce"] = [data(announceAgent={"pollSeconds": 30, "leaseSeconds": 60})]
        script.answers["ClaimTasks"] = [data(claimTasks={"leases": []})]
        script.answers["GoOffline"] = [data(goOffline={"agent": {"id": "agt_1"}})]
        yield script


def _options(url: str, folder: Path, **changes: object) -> AgentOptions:
    return AgentOptions(url=url, token=_TOKEN, data_dir=folder, pace_seconds=0, **changes)  # type: ignore[arg-type]


def _errors(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [entry.getMessage() for entry in caplog.records if entry.levelno >= logging.ERROR]


async def _until_it_asks(script: ScriptedHttp, operation: str) -> None:
    await until(lambda: script.variables_of(operation))


async def _signal_once_it_claims(script: ScriptedHttp) -> None:
    await _until_it_asks(script, "ClaimTasks")
    os.kill(os.getpid(), signal.SIGTERM)


async def test_a_refused_token_is_one_line_and_exit_1(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with _server() as script:
        script.answers["Identify"] = [error("UNAUTHENTICATED", status=401)]
        assert await run_agent(_options(script.url, tmp_path / "data")) == 1
    assert _errors(caplog) == ["the server refused the agent's token: a sentence (UNAUTHENTICATED)"]
    assert not (tmp_path / "data").exists()


async def test_a_key_is_no_agents_token(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with _server() as script:
        script.answers["Identify"] = [data(viewer={**_VIEWER, "agent": None})]
        assert await run_agent(_options(script.url, tmp_path)) == 1
    assert _errors(caplog) == [
        "the server refused the agent's token: it is not an agent's (FORBIDDEN)"
    ]


async def test_a_token_that_is_refused_later_stops_the_agent(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with _server() as script:
        script.answers["ClaimTasks"] = [error("UNAUTHENTICATED", status=401)]
        assert await run_agent(_options(script.url, tmp_path)) == 1
    assert len(_errors(caplog)) == 1


@pytest.mark.parametrize("changes", [{"driver": "unheard-of"}, {"url": "localhost:8000"}])
async def test_wrong_options_are_one_line_and_exit_2(
    changes: dict[str, str], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    options = {"url": "http://127.0.0.1:1", **changes}
    assert await run_agent(_options(folder=tmp_path, **options)) == 2  # type: ignore[arg-type]
    assert len(_errors(caplog)) == 1


async def test_an_account_that_is_refused_is_one_line_and_exit_1(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with _server() as script:
        script.answers["ConnectAccount"] = [error("BAD_USER_INPUT")]
        options = _options(script.url, tmp_path, accounts=("https://example.com/jane",))
        assert await run_agent(options) == 1
    assert len(_errors(caplog)) == 1


async def test_a_second_agent_in_the_same_folder_is_one_line_and_exit_1(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    journal = Journal.open(tmp_path)
    async with _server() as script:
        assert await run_agent(_options(script.url, tmp_path)) == 1
    journal.close()
    assert _errors(caplog) == [f"another agent is running with the data folder {tmp_path}"]


async def test_what_an_earlier_run_did_is_reported_before_anything_else(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path)
    journal.begin("task_1", "lease-1")
    journal.begin("task_2", "lease-2")
    journal.finish(Report("task_1", "lease-1", "complete", {"result": {"success": True}}))
    journal.close()
    async with _server() as script:
        script.answers["CompleteTask"] = [data(completeTask={"task": {}})]
        running = asyncio.create_task(run_agent(_options(script.url, tmp_path)))
        await _signal_once_it_claims(script)
        assert await running == 0
        operations = [body["query"].split()[1].partition("(")[0] for _, body in script.requests]
        assert operations[:3] == ["Identify", "CompleteTask", "Announce"]
        assert script.variables_of("CompleteTask")[0]["input"]["taskId"] == "task_1"
        assert "FailTask" not in operations
    journal = Journal.open(tmp_path)
    assert (journal.unfinished(), journal.unreported()) == ([], [])
    journal.close()


async def test_named_accounts_are_connected_and_served(tmp_path: Path) -> None:
    async with _server() as script:
        script.answers["ConnectAccount"] = [
            data(connectLinkedinAccount={"linkedinAccount": _ACCOUNT})
        ]
        url = "https://www.linkedin.com/in/j%C3%BCrgen/"
        running = asyncio.create_task(
            run_agent(_options(script.url, tmp_path, accounts=(url, url)))
        )
        await _signal_once_it_claims(script)
        assert await running == 0
        variables = {"input": {"name": "jürgen", "profileUrl": url}}
        assert script.variables_of("ConnectAccount") == [variables, variables]
        claims = script.variables_of("ClaimTasks")
        assert all(claim["input"]["linkedinAccountIds"] == ["acc_1"] for claim in claims)


async def test_without_live_updates_the_agent_asks_now_and_then(tmp_path: Path) -> None:
    async with _server() as script:
        running = asyncio.create_task(run_agent(_options(script.url, tmp_path, poll_seconds=0.1)))
        await until(lambda: len(script.variables_of("ClaimTasks")) >= 3)
        os.kill(os.getpid(), signal.SIGINT)
        assert await running == 0


async def test_a_server_that_is_away_at_the_start_is_waited_for(tmp_path: Path) -> None:
    async with _server() as script:
        script.answers["Identify"] = [None, (502, {}, b""), data(viewer=_VIEWER)]
        running = asyncio.create_task(run_agent(_options(script.url, tmp_path)))
        await _signal_once_it_claims(script)
        assert await running == 0


async def test_a_signal_ends_the_waiting_for_a_server_that_is_away(tmp_path: Path) -> None:
    async with _server() as script:
        script.answers["Identify"] = [None]
        running = asyncio.create_task(run_agent(_options(script.url, tmp_path)))
        await _until_it_asks(script, "Identify")
        os.kill(os.getpid(), signal.SIGTERM)
        assert await asyncio.wait_for(running, timeout=5) == 0


def test_a_token_shows_only_its_ends_in_a_folders_name() -> None:
    assert token_hint(_TOKEN) == "zma_ab12-t6zm"


def test_a_folders_name_is_one_whatever_the_token() -> None:
    assert "/" not in token_hint("../../etc/passwd\0")


def test_options_do_not_show_the_token_when_printed(tmp_path: Path) -> None:
    assert _TOKEN not in repr(_options("http://127.0.0.1:1", tmp_path))


async def test_an_agent_without_accounts_claims_for_all_of_them_and_says_when_it_goes(
    tmp_path: Path,
) -> None:
    async with _server() as script:
        running = asyncio.create_task(run_agent(_options(script.url, tmp_path)))
        await _signal_once_it_claims(script)
        assert await running == 0
        assert script.variables_of("ClaimTasks")[0]["input"]["linkedinAccountIds"] == []
        said = script.variables_of("Announce")[0]["input"]
        assert (said["driver"], said["isDryRun"], said["isAttended"]) == ("dry-run", True, False)
        assert len(script.variables_of("GoOffline")) == 1


async def test_an_ended_subscription_is_waited_for(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(errors, "SUBSCRIPTION_SECONDS", 0.1)
    async with _server() as script:
        ended = error("NO_ACTIVE_SUBSCRIPTION")
        script.answers["ClaimTasks"] = [ended, ended, data(claimTasks={"leases": []})]
        running = asyncio.create_task(run_agent(_options(script.url, tmp_path)))
        await until(lambda: len(script.variables_of("ClaimTasks")) == 3)
        os.kill(os.getpid(), signal.SIGTERM)
        assert await running == 0
    assert "no task runs until it has one" in caplog.text
    assert _errors(caplog) == []


async def test_a_journal_in_the_old_folder_is_gone_on_with(tmp_path: Path) -> None:
    old, state = tmp_path / "var", tmp_path / "state"
    assert data_folder(_TOKEN, state, old) == state / "zenmode" / f"agent-{token_hint(_TOKEN)}"
    Journal.open(old / f"agent-{token_hint(_TOKEN)}").close()
    assert data_folder(_TOKEN, state, old) == old / f"agent-{token_hint(_TOKEN)}"
