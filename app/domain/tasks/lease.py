"""What agents send about their leases, and what of it is valid."""

import json
from dataclasses import dataclass
from typing import ClassVar

from app.domain.access.caller import AGENTS, CallerKind
from app.domain.access.served_accounts import MAX_ACCOUNTS
from app.domain.errors import BadInput, FieldError
from app.domain.input.fields import boolean, described, integer, text

MAX_CLAIM = 50
MIN_LEASE_SECONDS = 10
MAX_LEASE_SECONDS = 900
MAX_RENEWALS = 100
# Every webhook that listens keeps a copy, and so does every delivery that is sent again.
MAX_RESULT_BYTES = 64 * 1024
MAX_RETRY_AFTER_SECONDS = 30 * 86_400

RELEASED = json.dumps({"verb": "release"})


@dataclass(frozen=True, slots=True)
class Lease:
    """A task and the token under which an agent holds it."""

    task_id: str
    token: str


@described
class Failure:
    """An agent's report of why an attempt failed."""

    senders: ClassVar[frozenset[CallerKind]] = AGENTS

    code: str = text(max_length=100)
    message: str = text(max_length=4_000, min_length=0)
    retryable: bool = boolean(default=True)
    retry_after_seconds: int | None = integer(low=0, high=MAX_RETRY_AFTER_SECONDS, default=None)

    @property
    def report(self) -> str:
        """The report as it is kept, equal for equal failures."""
        return _canonical(
            {
                "verb": "fail",
                "code": self.code,
                "message": self.message,
                "retryable": self.retryable,
                "retry_after_seconds": self.retry_after_seconds,
            }
        )

    @property
    def error(self) -> dict[str, object]:
        """What the attempt and the result show of it."""
        return {"code": self.code, "message": self.message}


def validate_claim(account_ids: list[str], limit: int, lease_seconds: int) -> None:
    """Raises BadInput that names every bad field."""
    problems = []
    if len(account_ids) > MAX_ACCOUNTS:
        problems.append(
            FieldError(("linkedin_account_ids",), f"must hold at most {MAX_ACCOUNTS} ids")
        )
    if not 1 <= limit <= MAX_CLAIM:
        problems.append(FieldError(("limit",), f"must be between 1 and {MAX_CLAIM}"))
    problems += _lease_problems(lease_seconds)
    if problems:
        raise BadInput.of(problems)


def validate_renewal(count: int, lease_seconds: int) -> None:
    """Raises BadInput that names every bad field."""
    problems = _lease_problems(lease_seconds)
    if count > MAX_RENEWALS:
        problems.append(FieldError(("leases",), f"must hold at most {MAX_RENEWALS} leases"))
    if problems:
        raise BadInput.of(problems)


def validate_result(result: object) -> dict[str, object] | None:
    """What a completion reports: an object or nothing, never a failure in disguise."""
    if result is None:
        return None
    if not isinstance(result, dict):
        raise BadInput.at("result", "must be an object")
    if result.get("success", True) is not True:
        path = ("result", "success")
        raise BadInput.of([FieldError(path, "must be true; report a failure with failTask")])
    if len(_canonical(result).encode()) > MAX_RESULT_BYTES:
        raise BadInput.at("result", f"must have at most {MAX_RESULT_BYTES:,} bytes as JSON")
    return result


def completion_report(result: dict[str, object] | None) -> str:
    """A completion as it is kept, equal for equal completions."""
    return _canonical({"verb": "complete", "result": result})


def is_completion(report: str | None) -> bool:
    """Whether a kept report is that of a completion."""
    return report is not None and json.loads(report)["verb"] == "complete"


def _lease_problems(seconds: int) -> list[FieldError]:
    if MIN_LEASE_SECONDS <= seconds <= MAX_LEASE_SECONDS:
        return []
    message = f"must be between {MIN_LEASE_SECONDS} and {MAX_LEASE_SECONDS}"
    return [FieldError(("lease_seconds",), message)]


def _canonical(value: object) -> str:
    return json.dumps(
        value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )
