"""The life of a task, as one table, and what follows from it."""

import json
from enum import StrEnum


class ActionType(StrEnum):
    """A LinkedIn action."""

    CONNECT = "connect"
    MESSAGE = "message"
    FOLLOW = "follow"
    VIEW_PROFILE = "view_profile"
    WITHDRAW_CONNECTION = "withdraw_connection"


class TaskStatus(StrEnum):
    """The status of a task."""

    PENDING = "pending"
    QUEUED = "queued"
    PROCESSING = "processing"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


class AttemptOutcome(StrEnum):
    """How one attempt at a task ended, or that it runs."""

    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    LOST = "lost"
    RELEASED = "released"
    CANCELLED = "cancelled"
    DEFERRED = "deferred"


class TaskAction(StrEnum):
    """An action that a person or a program may take on a task."""

    CANCEL = "cancel"
    RETRY = "retry"


class Transition(StrEnum):
    """The transitions of a task after it was created."""

    CLAIM = "claim"
    START = "start"
    RELEASE = "release"
    CANCEL = "cancel"
    COMPLETE = "complete"
    FAIL = "fail"
    RETRY = "retry"
    LOSE_LEASE = "lose_lease"
    COMPLETE_LATE = "complete_late"
    FAIL_LATE = "fail_late"
    DEFER_LATE = "defer_late"


TRANSITIONS: dict[Transition, dict[TaskStatus, frozenset[TaskStatus]]] = {
    Transition.CLAIM: {TaskStatus.PENDING: frozenset({TaskStatus.QUEUED})},
    Transition.START: {
        TaskStatus.QUEUED: frozenset({TaskStatus.PROCESSING, TaskStatus.PENDING}),
    },
    Transition.RELEASE: {TaskStatus.QUEUED: frozenset({TaskStatus.PENDING})},
    Transition.CANCEL: {
        TaskStatus.PENDING: frozenset({TaskStatus.CANCELLED}),
        TaskStatus.QUEUED: frozenset({TaskStatus.CANCELLED}),
    },
    Transition.COMPLETE: {TaskStatus.PROCESSING: frozenset({TaskStatus.COMPLETED})},
    Transition.FAIL: {TaskStatus.PROCESSING: frozenset({TaskStatus.FAILED})},
    Transition.RETRY: {TaskStatus.PROCESSING: frozenset({TaskStatus.PENDING})},
    Transition.LOSE_LEASE: {
        TaskStatus.QUEUED: frozenset({TaskStatus.PENDING}),
        TaskStatus.PROCESSING: frozenset({TaskStatus.PENDING, TaskStatus.FAILED}),
    },
    Transition.COMPLETE_LATE: {TaskStatus.PENDING: frozenset({TaskStatus.COMPLETED})},
    Transition.FAIL_LATE: {TaskStatus.PENDING: frozenset({TaskStatus.FAILED})},
    Transition.DEFER_LATE: {TaskStatus.PENDING: frozenset({TaskStatus.PENDING})},
}

FINAL = frozenset({TaskStatus.COMPLETED, TaskStatus.FAILED, TaskStatus.CANCELLED})


def sources(*moves: Transition) -> tuple[TaskStatus, ...]:
    """The statuses from which any of these moves may set out, in the order of a task's life."""
    allowed = {status for move in moves for status in TRANSITIONS[move]}
    return tuple(status for status in TaskStatus if status in allowed)


def available_actions(status: TaskStatus, *, can_be_retried: bool) -> list[TaskAction]:
    """What may be done with a task; `can_be_retried` as the rules for retries have it."""
    actions = [TaskAction.CANCEL] if status in TRANSITIONS[Transition.CANCEL] else []
    if can_be_retried:
        actions.append(TaskAction.RETRY)
    return actions


def tries_are_left(attempts_begun: int, max_retries: int) -> bool:
    """`max_retries` counts the tries after the first."""
    return attempts_begun <= max_retries


def completed_result(reported: dict[str, object] | None) -> dict[str, object]:
    """What a completed task's `result` holds."""
    return {"success": True, **(reported or {})}


def failed_result(code: str, message: str) -> dict[str, object]:
    """What a failed task's `result` holds."""
    return {"success": False, "error": {"code": code, "message": message}}


def error_code_of(result: str | None) -> str | None:
    """The code with which a task failed, from its `result` as JSON text."""
    stored = json.loads(result) if result else {}
    error = stored.get("error")
    return error.get("code") if isinstance(error, dict) else None
