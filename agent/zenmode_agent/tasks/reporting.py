"""Reports: made from what a driver did, and sent until the server responds."""

import json
import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from zenmode_agent.drivers.driver import ActionFailed, NothingToDo, ProviderLimitReached
from zenmode_agent.errors import Refused, TokenRefused
from zenmode_agent.server.documents import COMPLETE_TASK, FAIL_TASK
from zenmode_agent.server.graphql_client import GraphQLClient
from zenmode_agent.server.retrying import retry_until_answered
from zenmode_agent.tasks.journal import Journal, JournalUnusable, Report
from zenmode_agent.tasks.lease import Lease

log = logging.getLogger("zenmode.agent")

_DOCUMENTS = {"complete": COMPLETE_TASK, "fail": FAIL_TASK}
_WORDS = {"complete": "completed", "fail": "failed"}
_INVALID_CONTENT = "BAD_USER_INPUT"
# Well below the limits of the server and of proxies: a longer report would never arrive.
_LONGEST_REPORT_BYTES = 200_000
_PLAIN_FAILURE = {"code": "failed", "message": "The driver's own words cannot be reported."}


def completed(lease: Lease, result: object) -> Report:
    """The driver returned a result: the action was performed."""
    if not isinstance(result, Mapping) or result.get("success", True) is not True:
        return outcome_unknown(lease, "the driver returned something other than a success")
    return Report(lease.task_id, lease.token, "complete", {"result": _json(result)})


def not_needed(lease: Lease, nothing: NothingToDo) -> Report:
    """The driver found that there was nothing to do."""
    content = {"result": _json(nothing.result), "performed": False}
    return Report(lease.task_id, lease.token, "complete", content)


def failed(lease: Lease, failure: ActionFailed) -> Report:
    """The driver knows that the action had no effect."""
    content: dict[str, object] = {
        "code": failure.code,
        "message": failure.message,
        "retryable": failure.retryable,
        "retryAfterSeconds": failure.retry_after_seconds,
    }
    if isinstance(failure, ProviderLimitReached):
        content["providerLimit"] = {
            "code": failure.limit,
            "wholeAccount": failure.whole_account,
            "until": failure.until.isoformat() if failure.until else None,
        }
    return Report(lease.task_id, lease.token, "fail", content)


def outcome_unknown(lease: Lease, reason: str) -> Report:
    """The action may have taken effect: it is not retried by itself."""
    message = f"It is not known whether the action took effect: {reason}."
    content = {"code": "outcome_unknown", "message": message, "retryable": False}
    return Report(lease.task_id, lease.token, "fail", content)


async def send_report(report: Report, client: GraphQLClient, journal: Journal) -> None:
    """Sends the report until the server responds, then deletes it from the journal.

    Raises TokenRefused, and then the report stays in the journal.
    """
    try:
        await _send(report, client)
        log.info("task %s: reported as %s", report.task_id, _WORDS[report.verb])
    except TokenRefused:
        raise
    except Refused as refusal:
        log.warning("task %s: its report is no longer accepted: %s", report.task_id, refusal)
    try:
        journal.forget(report.lease_token)
    except JournalUnusable as error:
        log.warning("task %s: %s", report.task_id, error)


async def _send(report: Report, client: GraphQLClient) -> None:
    if len(json.dumps(report.content)) > _LONGEST_REPORT_BYTES:
        log.warning("task %s: the driver's report is too long to be sent", report.task_id)
        report = _without_details(report)
    try:
        await _send_once(report, client)
    except Refused as refusal:
        if refusal.code != _INVALID_CONTENT:
            raise
        log.warning("task %s: the driver's report is refused: %s", report.task_id, refusal)
        await _send_once(_without_details(report), client)


async def _send_once(report: Report, client: GraphQLClient) -> None:
    variables = {"taskId": report.task_id, "leaseToken": report.lease_token, **report.content}
    document = _DOCUMENTS[report.verb]
    purpose = f"task {report.task_id}: it could not be reported"
    await retry_until_answered(lambda: client.execute(document, {"input": variables}), purpose)


def _without_details(report: Report) -> Report:
    """The same outcome without the driver's details, which the server does not accept."""
    if report.verb == "complete":
        return replace(report, content={**report.content, "result": None})
    plain = {**report.content, **_PLAIN_FAILURE, "retryAfterSeconds": None}
    plain.pop("providerLimit", None)
    return replace(report, content=plain)


def _json(result: Mapping[Any, Any]) -> object:
    try:
        return json.loads(json.dumps(dict(result), allow_nan=False))
    except (TypeError, ValueError, RecursionError):
        return None
