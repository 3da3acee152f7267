"""Whatever something between agent and server answers, no action is lost and none is repeated."""

import asyncio
import gzip
import json
import os
import signal
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.agent.scripted import ScriptedHttp, data, error, scripted_http
from tests.waiting import until
from zenmode_agent.agent import run_agent
from zenmode_agent.options import AgentOptions
from zenmode_agent.server import retrying
from zenmode_agent.server.graphql_client import GraphQLClient
from zenmode_agent.tasks import account_worker, account_workers
from zenmode_agent.tasks.journal import Journal, Report
from zenmode_agent.tasks.lease import Lease, renewed

# Made up, with a right checksum; in two parts, so that it is not taken for a real token.
_REST = "ab12cdefghijklmnopqrstuvwxyz1242t6zm"
_TOKEN = "zma_" + _REST
_VIEWER = {"agent": {"id": "agt_1", "name": "laptop"}, "workspace": {"name": "Acme"}}
_PAYLOAD = {"profile_url": "https://linkedin.com/in/jane", "message": "Hello Jane"}
_TASK = {
    "id": "task_1",
    "actionType": "MESSAGE",
    "linkedinAccountId": "acc_1",
    "payload": _PAYLOAD,
    "attemptCount": 1,
}
_LEASES = {"leases": [{"task": _TASK, "leaseToken": "lease-1"}]}
_GOOD = {
    "Identify": data(viewer=_VIEWER),
    "ConnectAccount": data(
        connectLinkedinAccount={"linkedinAccount": {"id": "acc_1", "name": "Jane"}}
    ),
    "Announce": data(announceAgent={"pollSeconds": 30, "leaseSeconds": 60}),
    "StartTask": data(startTask={"lease": {"task": _TASK}}),
    "CompleteTask": data(completeTask={"task": {"id": "task_1", "status": "COMPLETED"}}),
    "GoOffline": data(goOffline={"agent": {"id": "agt_1"}}),
}
_JSON = {"Content-Type": "application/json"}


def _said(status: int, body: object) -> tuple[int, Mapping[str, str], bytes]:
    return status, _JSON, json.dumps(body).encode()


_PAGES = [
    (status, {"Location": "https://login.example/?from=zenmode", "Retry-After": "0"}, b"<html>no")
    for status in (
        *(204, 301, 302, 303, 307, 308, 400, 401, 402, 403, 404, 405, 407, 408, 409, 410, 411),
        *(412, 413, 414, 415, 418, 421, 422, 429, 431, 451, 499, 500, 501, 502, 503, 504, 511),
        *(520, 521, 522, 523, 524, 525, 526, 530),
    )
]
_BODIES = [
    (200, {}, b""),
    (200, {}, b"<html>please sign in to the network</html>"),
    (200, {}, b"null"),
    (200, {}, b"[]"),
    (200, {}, b'"data"'),
    (200, {}, b'{"data": {"completeT'),
    (200, {}, b"[" * 100_000),
    (200, {}, b"\xff\xfe\x00"),
    (200, {"Content-Encoding": "gzip"}, b"not gzip at all"),
    (200, {"Content-Encoding": "gzip"}, gzip.compress(b'{"data": {}}', mtime=0)[:-9]),
    (200, {"Content-Length": "1000"}, b'{"data": '),
    (200, {"Transfer-Encoding": "chunked", "Content-Length": "3"}, b"zzz"),
    None,
]
_OTHERS = [
    _said(200, {"data": {}}),
    _said(200, {"data": None}),
    _said(200, {"data": {"somethingElse": {"id": 1}}}),
    _said(200, {"errors": []}),
    _said(200, {"status": "ok"}),
    _said(403, {"message": "Forbidden"}),
    _said(401, {"error": {"code": "UNAUTHENTICATED", "message": "no token"}}),
    _said(403, {"errors": [{"message": "blocked"}]}),
    _said(400, {"errors": [{"message": "bad", "extensions": {"code": "GRAPHQL_PARSE_FAILED"}}]}),
    _said(403, {"errors": [{"message": "bad", "extensions": {"code": 1010}}]}),
    _said(400, {"errors": ["bad"]}),
    _said(400, {"errors": "bad"}),
    _said(400, {"errors": [None]}),
    _said(400, {"errors": [{"message": "bad", "extensions": ["CONFLICT"]}]}),
    _said(400, {"errors": {"code": "CONFLICT"}}),
    _said(500, {"data": {"completeTask": {}, "startTask": {}, "viewer": {}}}),
    _said(200, {"data": {name: {} for name in ("viewer", "startTask", "announceAgent")}}),
    _said(408, {"errors": [{"message": "late", "extensions": {"code": "BAD_USER_INPUT"}}]}),
    error("UNAVAILABLE", status=503),
    error("INTERNAL"),
    error("A_CODE_THAT_NOBODY_KNOWS"),
    error("RATE_LIMITED", status=429, retryAfter=0),
]
ODD: list[Any] = [*_PAGES, *_BODIES, *_OTHERS]


def _name(odd: Any) -> str:
    return "cut off" if odd is None else f"{odd[0]} {odd[2][:40]!r}"


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    def at_once(**_: float) -> Iterator[float]:
        while True:
            yield 0.01

    monkeypatch.setattr(retrying, "backoff", at_once)
    for module in (account_worker, account_workers):
        monkeypatch.setattr(module, "backoff", at_once)


@asynccontextmanager
async def _server(odd: Any) -> AsyncIterator[ScriptedHttp]:
    """Each operation is answered oddly twice, and then by the server."""
    async with scripted_http() as script:
        for operation, good in _GOOD.items():
            script.answers[operation] = [odd, odd, good]
        claims = [data(claimTasks=_LEASES), data(claimTasks={"leases": []})]
        script.answers["ClaimTasks"] = [odd, odd, *claims]
        yield script


def _options(url: str, folder: Path) -> AgentOptions:
    account = "https://www.linkedin.com/in/me"
    return AgentOptions(url, _TOKEN, accounts=(account,), data_dir=folder, pace_seconds=0)


async def _run_until_it_has_completed(script: ScriptedHttp, folder: Path, times: int = 3) -> int:
    running = asyncio.create_task(run_agent(_options(script.url, folder)))
    try:
        await until(lambda: running.done() or len(script.variables_of("CompleteTask")) >= times, 30)
        assert not running.done(), running.result()
        await until(lambda: script.variables_of("ClaimTasks"), 10)
    finally:
        if not running.done():
            os.kill(os.getpid(), signal.SIGTERM)
    return await running


def _left(folder: Path) -> list[Any]:
    journal = Journal.open(folder)
    left = [*journal.unfinished(), *journal.unreported()]
    journal.close()
    return left


@pytest.mark.parametrize("odd", ODD, ids=_name)
async def test_every_call_is_made_again_until_the_server_itself_answers(
    odd: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    async with _server(odd) as script:
        assert await _run_until_it_has_completed(script, tmp_path) == 0
        sent = script.variables_of("CompleteTask")
        assert sent == [sent[0]] * 3
        assert sent[0]["input"]["result"] == {"success": True, "dry_run": True}
        assert len(script.variables_of("ConnectAccount")) == 3
        started = script.variables_of("StartTask")
        assert started == [started[0]] * 3
        assert script.variables_of("ReleaseTask") == script.variables_of("FailTask") == []
    assert _left(tmp_path) == []
    assert caplog.text.count("only waits") == 1
    assert _TOKEN not in caplog.text
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize("odd", ODD, ids=_name)
async def test_a_report_of_an_earlier_run_outlasts_every_odd_answer(
    odd: Any, tmp_path: Path
) -> None:
    journal = Journal.open(tmp_path)
    journal.begin("task_1", "lease-1")
    journal.finish(Report("task_1", "lease-1", "complete", {"result": {"success": True}}))
    journal.close()
    async with _server(odd) as script:
        script.answers["ClaimTasks"] = [data(claimTasks={"leases": []})]
        assert await _run_until_it_has_completed(script, tmp_path) == 0
        sent = script.variables_of("CompleteTask")
        assert sent == [sent[0]] * 3
        assert sent[0]["input"]["result"] == {"success": True}
    assert _left(tmp_path) == []


@pytest.mark.parametrize("odd", [_PAGES[8], _BODIES[1], _OTHERS[5], None], ids=_name)
async def test_a_report_that_only_strangers_answer_stays_in_the_journal(
    odd: Any, tmp_path: Path
) -> None:
    report = Report("task_1", "lease-1", "complete", {"result": {"success": True}})
    journal = Journal.open(tmp_path)
    journal.begin("task_1", "lease-1")
    journal.finish(report)
    journal.close()
    async with _server(odd) as script:
        script.answers["CompleteTask"] = [odd]
        running = asyncio.create_task(run_agent(_options(script.url, tmp_path)))
        await until(lambda: len(script.variables_of("CompleteTask")) >= 5, 20)
        for _ in range(2):
            os.kill(os.getpid(), signal.SIGTERM)
            await asyncio.sleep(0)
        await running
    assert _left(tmp_path) == [report]


@pytest.mark.parametrize("odd", [_PAGES[8], _PAGES[9], _OTHERS[7], None], ids=_name)
async def test_a_renewal_that_a_stranger_answers_is_asked_for_again(
    odd: Any, tmp_path: Path
) -> None:
    async with scripted_http() as script, GraphQLClient(script.url, _TOKEN) as session:
        script.answers["RenewLeases"] = [odd, odd, data(renewLeases={"lost": []})]
        lease = Lease("task_1", "lease-1", 3, retrying.now() + 3)
        async with renewed(lease, session):
            await until(lambda: len(script.requests) >= 3)
            await until(lambda: lease.ends_at > retrying.now() + 2)
        assert not lease.is_abandoned


async def test_a_start_that_speaks_of_another_task_begins_nothing(tmp_path: Path) -> None:
    other = {"lease": {"task": {**_TASK, "id": "task_2"}}}
    async with _server(error("INTERNAL")) as script:
        script.answers["StartTask"] = [data(startTask=other), _GOOD["StartTask"]]
        assert await _run_until_it_has_completed(script, tmp_path) == 0
        assert script.variables_of("CompleteTask")[0]["input"]["taskId"] == "task_1"
        assert len(script.variables_of("StartTask")) == 2
