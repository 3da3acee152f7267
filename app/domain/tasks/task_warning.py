"""Warnings about an accepted task that may not be what the sender meant."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TaskWarning:
    """`code` is a stable word for programs; `task_id` names another task that it is about."""

    code: str
    message: str
    task_id: str | None = None
