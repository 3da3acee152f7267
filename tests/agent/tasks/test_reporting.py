"""Telling the server how a task ended, whatever happens on the way."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.agent.scripted import ScriptedHttp, data, error, scripted_http
from zenmode_agent.errors import TokenRefused
from zenmode_agent.server.graphql_client import GraphQLClient
from zenmode_agent.tasks.journal import Journal, Report
from zenmode_agent.tasks.reporting import send_report

_COMPLETED = Report("task_1", "lease-1", "complete", {"result": {"success": True, "degree": 2}})
_FAILED = Report(
    "task_1",
    "lease-1",
    "fail",
    {"code": "odd", "message": "x" * 9, "retryable": True, "retryAfterSeconds": 5},
)
_TAKEN = data(completeTask={"task": {"id": "task_1", "status": "COMPLETED"}})


@asynccontextmanager
async def _journal(folder: Path, report: Report) -> AsyncIterator[Journal]:
    journal = Journal.open(folder)
    journal.begin(report.task_id, report.lease_token)
    journal.finish(report)
    yield journal
    journal.close()


async def _deliver(script: ScriptedHttp, report: Report, journal: Journal) -> None:
    async with GraphQLClient(script.url, "zma_secret") as session:
        await send_report(report, session, journal)


async def test_a_report_that_was_taken_is_forgotten(tmp_path: Path) -> None:
    async with scripted_http() as script, _journal(tmp_path, _COMPLETED) as journal:
        script.answers["CompleteTask"] = [_TAKEN]
        await _deliver(script, _COMPLETED, journal)
        assert script.variables_of("CompleteTask") == [
            {
                "input": {
                    "taskId": "task_1",
                    "leaseToken": "lease-1",
                    "result": {"success": True, "degree": 2},
                }
            }
        ]
        assert journal.unreported() == []


async def test_a_report_whose_answer_was_lost_is_repeated_in_the_same_words(
    tmp_path: Path,
) -> None:
    async with scripted_http() as script, _journal(tmp_path, _COMPLETED) as journal:
        script.answers["CompleteTask"] = [None, error("INTERNAL"), _TAKEN]
        await _deliver(script, _COMPLETED, journal)
        sent = script.variables_of("CompleteTask")
        assert len(sent) == 3
        assert sent[0] == sent[1] == sent[2]
        assert journal.unreported() == []


@pytest.mark.parametrize("code", ["LEASE_LOST", "CONFLICT", "NOT_FOUND"])
async def test_a_report_that_comes_too_late_is_reported_in_the_log_and_forgotten(
    code: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with scripted_http() as script, _journal(tmp_path, _COMPLETED) as journal:
        script.answers["CompleteTask"] = [error(code)]
        await _deliver(script, _COMPLETED, journal)
        assert f"task task_1: its report is no longer accepted: a sentence ({code})" in caplog.text
        assert journal.unreported() == []
        assert len(script.requests) == 1


async def test_a_report_under_a_refused_token_stays_in_the_journal(tmp_path: Path) -> None:
    async with scripted_http() as script, _journal(tmp_path, _COMPLETED) as journal:
        script.answers["CompleteTask"] = [error("UNAUTHENTICATED", status=401)]
        with pytest.raises(TokenRefused):
            await _deliver(script, _COMPLETED, journal)
        assert journal.unreported() == [_COMPLETED]


async def test_a_completion_whose_details_are_refused_is_reported_without_them(
    tmp_path: Path,
) -> None:
    async with scripted_http() as script, _journal(tmp_path, _COMPLETED) as journal:
        script.answers["CompleteTask"] = [error("BAD_USER_INPUT", status=413), _TAKEN]
        await _deliver(script, _COMPLETED, journal)
        assert script.variables_of("CompleteTask")[1]["input"]["result"] is None
        assert journal.unreported() == []


async def test_a_failure_whose_words_are_refused_is_reported_in_plain_ones(tmp_path: Path) -> None:
    async with scripted_http() as script, _journal(tmp_path, _FAILED) as journal:
        script.answers["FailTask"] = [
            error("BAD_USER_INPUT"),
            data(failTask={"task": {"id": "task_1"}}),
        ]
        await _deliver(script, _FAILED, journal)
        plain = script.variables_of("FailTask")[1]["input"]
        assert (plain["code"], plain["retryable"]) == ("failed", True)
        assert plain["retryAfterSeconds"] is None
        assert journal.unreported() == []
