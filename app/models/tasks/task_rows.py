"""Tasks and attempts as rows, without a Tortoise model, for the hot paths."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple, get_type_hints


class TaskRow(NamedTuple):
    """A task as a row; times are milliseconds, `payload` and `result` JSON.

    A tuple, as a list of tasks makes many of them and a dataclass takes four times as long.
    """

    seq: int
    id: str
    workspace_id: str
    linkedin_account_id: str
    action_type: str
    status: str
    payload: str
    priority: int
    max_retries: int
    attempt_count: int
    claim_count: int
    result: str | None
    retry_of: str | None
    scheduled_at: int | None
    not_before: int | None
    agent_id: str | None
    lease_token: str | None
    lease_expires_at: int | None
    created_at: int
    updated_at: int
    started_at: int | None
    completed_at: int | None
    version: int

    def snapshot(self) -> dict[str, Any]:
        """Returns the columns that an event carries: all but the token of the lease."""
        return {**self._asdict(), "lease_token": None}


class AttemptRow(NamedTuple):
    """One attempt at a task."""

    task_seq: int
    number: int
    agent_id: str
    lease_token: str
    outcome: str
    claimed_at: int
    started_at: int | None
    finished_at: int | None
    error: str | None
    report: str | None
    late_report: str | None
    is_dry_run: bool | None


COLUMNS = TaskRow._fields
TASK = ", ".join(COLUMNS)
QUALIFIED_TASK = ", ".join(f"tasks.{name}" for name in COLUMNS)
ATTEMPT = ", ".join(AttemptRow._fields)


_TYPES = get_type_hints(TaskRow)


def task_of(row: Any) -> TaskRow:
    """A task from a row that has its columns in order."""
    # `TaskRow._make` calls this as well, and takes twice as long.
    return tuple.__new__(TaskRow, row)


def task_of_snapshot(snapshot: Mapping[str, object]) -> TaskRow | None:
    """A task from an event, or None if a column is missing or of another type.

    While an update is rolled out, events come from processes that know a column more or less.
    """
    known = {name: snapshot[name] for name in COLUMNS if name in snapshot}
    if len(known) < len(COLUMNS):
        return None
    if not all(isinstance(value, _TYPES[name]) for name, value in known.items()):
        return None
    return TaskRow(**known)  # type: ignore[arg-type]


def attempt_of(row: Any) -> AttemptRow:
    """An attempt from a row that has its columns in order."""
    return AttemptRow._make(row)


def json_text(value: object) -> str:
    """Compact JSON that keeps the order of keys, as stored."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
