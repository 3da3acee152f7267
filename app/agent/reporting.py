"""Turning what a driver did into a report, and telling the server until it answers."""

import json
import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.agent.documents import COMPLETE_TASK, FAIL_TASK
from app.agent.drivers import ActionFailed
from app.agent.graphql_client import GraphQLClient, Refused, TokenRefused
from app.agent.journal import Journal, JournalUnusable, Report
from app.agent.lease import Lease
from app.agent.retrying import retry_until_answered

log = logging.getLogger("zenmode.agent")

_DOCUMENTS = {"complete": COMPLETE_TASK, "fail": FAIL_TASK}
_WORDS = {"complete": "completed", "fail": "failed"}
_CONTENT_REFUSED = "BAD_USER_INPUT"
# Well below what the server takes, and what stands between: a longer report would never arrive.
_LONGEST_REPORT_BYTES = 200_000
_PLAIN_FAILURE = {"code": "failed", "message": "The driver's own words cannot be reported."}


def completed(lease: Lease, result: object) -> Report:
    """The driver returned: the action was carried out, whatever it says about it."""
    if not isinstance(result, Mapping) or result.get("success", True) is not True:
        return unknown(lease, "the driver returned something other than a success")
    return Report(lease.task_id, lease.token, "complete", {"result": _json(result)})


def failed(lease: Lease, failure: ActionFailed) -> Report:
    """The driver knows that the action had no effect."""
    content = {
        "code": failure.code,
        "message": failure.message,
        "retryable": failure.retryable,
        "retryAfterSeconds": failure.retry_after_seconds,
    }
    return Report(lease.task_id, lease.token, "fail", content)


def unknown(lease: Lease, reason: str) -> Report:
    """Nobody knows whether the action took effect: never to be tried again by itself."""
    message = f"It is not known whether the action took effect: {reason}."
    content = {"code": "outcome_unknown", "message": message, "retryable": False}
    return Report(lease.task_id, lease.token, "fail", content)


async def deliver(report: Report, session: GraphQLClient, journal: Journal) -> None:
    """Tells the server, again and again until it has answered, then clears the journal's line.

    Raises TokenRefused, and then the line stays.
    """
    try:
        await _tell(report, session)
        log.info("task %s: reported as %s", report.task_id, _WORDS[report.verb])
    except TokenRefused:
        raise
    except Refused as refusal:
        log.warning("task %s: its report is not taken any more: %s", report.task_id, refusal)
    try:
        journal.forget(report.lease_token)
    except JournalUnusable as error:
        log.warning("task %s: %s", report.task_id, error)


async def _tell(report: Report, session: GraphQLClient) -> None:
    if len(json.dumps(report.content)) > _LONGEST_REPORT_BYTES:
        log.warning("task %s: the driver's report is too long to be sent", report.task_id)
        report = _plain(report)
    try:
        await _ask(report, session)
    except Refused as refusal:
        if refusal.code != _CONTENT_REFUSED:
            raise
        log.warning("task %s: the driver's report is refused: %s", report.task_id, refusal)
        await _ask(_plain(report), session)


async def _ask(report: Report, session: GraphQLClient) -> None:
    wish = {"taskId": report.task_id, "leaseToken": report.lease_token, **report.content}
    document = _DOCUMENTS[report.verb]
    purpose = f"task {report.task_id}: it could not be reported"
    await retry_until_answered(lambda: session.execute(document, {"input": wish}), purpose)


def _plain(report: Report) -> Report:
    """The same ending without a driver's words, which were too long or too odd for the server."""
    if report.verb == "complete":
        return replace(report, content={"result": None})
    return replace(report, content={**report.content, **_PLAIN_FAILURE, "retryAfterSeconds": None})


def _json(result: Mapping[Any, Any]) -> object:
    try:
        return json.loads(json.dumps(dict(result), allow_nan=False))
    except (TypeError, ValueError, RecursionError):
        return None
