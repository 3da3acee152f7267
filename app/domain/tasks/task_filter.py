"""How lists are asked for: filters, pages and their bounds."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from app.domain.errors import MAX_DETAILS, BadInput, FieldError
from app.domain.input.text import printable, text_problem
from app.domain.tasks.profile_search import ProfileSearch
from app.domain.tasks.task import ActionType, TaskStatus

DEFAULT_PAGE_SIZE = 50
MAX_PAGE_SIZE = 100
MAX_OFFSET = 2**31 - 1

_STATUSES = frozenset(one.value for one in TaskStatus)
_ACTION_TYPES = frozenset(one.value for one in ActionType)
_FLAGS = {"true": True, "1": True, "false": False, "0": False}
_INDEX = re.compile(r"\[\d*\]\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class TaskTimes:
    """When tasks were created and are scheduled, in milliseconds since the epoch; None wants all.

    The lower bounds are included, the upper one is not.
    """

    created_after: int | None = None
    created_before: int | None = None
    scheduled_after: int | None = None

    def include(self, created_at: int, scheduled_at: int | None) -> bool:
        """Whether a task with these times is wanted."""
        return (
            (self.created_after is None or created_at >= self.created_after)
            and (self.created_before is None or created_at < self.created_before)
            and (
                self.scheduled_after is None
                or (scheduled_at is not None and scheduled_at >= self.scheduled_after)
            )
        )


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """Which tasks are wanted; None wants all."""

    statuses: tuple[TaskStatus, ...] | None = None
    linkedin_account_id: str | None = None
    action_type: ActionType | None = None
    profile: ProfileSearch | None = None
    times: TaskTimes = TaskTimes()

    def lets_through(self, task: "FilteredTask") -> bool:
        """Whether a task is wanted."""
        return (
            (self.statuses is None or task.status in self.statuses)
            and self.linkedin_account_id in (None, task.linkedin_account_id)
            and self.action_type in (None, task.action_type)
            and self.times.include(task.created_at, task.scheduled_at)
            and (self.profile is None or self.profile.matches(_profile_url_of(task)))
        )


class FilteredTask(Protocol):
    """What a filter looks at in a task; `payload` is JSON, times are milliseconds."""

    @property
    def status(self) -> str: ...
    @property
    def linkedin_account_id(self) -> str: ...
    @property
    def action_type(self) -> str: ...
    @property
    def payload(self) -> str: ...
    @property
    def created_at(self) -> int: ...
    @property
    def scheduled_at(self) -> int | None: ...


def _profile_url_of(task: FilteredTask) -> str:
    return str(json.loads(task.payload).get("profile_url", ""))


@dataclass(frozen=True, slots=True)
class TaskQuery:
    """A page of a list of tasks."""

    filter: TaskFilter
    limit: int
    offset: int
    wants_total: bool


def validate_page(first: int, offset: int = 0) -> None:
    """Raises BadInput for a page of a size or at a place that is not served."""
    problems = []
    if not 1 <= first <= MAX_PAGE_SIZE:
        problems.append(FieldError(("first",), f"must be between 1 and {MAX_PAGE_SIZE}"))
    if not 0 <= offset <= MAX_OFFSET:
        problems.append(FieldError(("offset",), "must be 0 or more"))
    if problems:
        raise BadInput.of(problems)


def validate_task_query(parameters: Mapping[str, list[str]]) -> TaskQuery:
    """REST's query parameters of a list of tasks, or BadInput that names every bad one."""
    reader = Parameters(
        parameters,
        ("status", "linkedin_account_id", "action_type", "limit", "offset", "include_total"),
        repeatable=("status",),
    )
    query = TaskQuery(
        filter=TaskFilter(
            statuses=reader.statuses("status"),
            linkedin_account_id=reader.text("linkedin_account_id"),
            action_type=reader.action_type("action_type"),
        ),
        limit=reader.integer("limit", low=1, high=MAX_PAGE_SIZE, default=DEFAULT_PAGE_SIZE),
        offset=reader.integer("offset", low=0, high=MAX_OFFSET, default=0),
        wants_total=reader.flag("include_total"),
    )
    reader.raise_if_invalid()
    return query


class Parameters:
    """The parameters of a query string, read one by one; every bad one is noted.

    White space around a value is dropped, and a value that is empty then is as if absent. Those in
    `repeatable` may be sent several times, as `status` or, as some libraries write it, `status[]`.
    """

    def __init__(
        self,
        raw: Mapping[str, list[str]],
        known: tuple[str, ...],
        *,
        repeatable: tuple[str, ...] = (),
    ) -> None:
        self._values: dict[str, list[str]] = {}
        self._problems: list[FieldError] = []
        for sent, values in raw.items():
            name = _INDEX.sub("", sent) if _INDEX.sub("", sent) in repeatable else sent
            if name not in known:
                allowed = ", ".join(known) or "none"
                self.add_error(name, f"is not a known parameter (known: {allowed})")
                continue
            kept = self._values.setdefault(name, [])
            kept += [value for one in values if (value := one.strip())]
        for name, values in self._values.items():
            if len(values) > 1 and name not in repeatable:
                self.add_error(name, "must be given once")

    def add_error(self, name: str, message: str) -> None:
        """Note that a parameter breaks a rule. Raises BadInput when that is one too many."""
        self._problems.append(FieldError((printable(name),), message))
        if len(self._problems) >= MAX_DETAILS:
            self.raise_if_invalid()

    def raise_if_invalid(self) -> None:
        """Raises BadInput that names every parameter refused so far."""
        if self._problems:
            raise BadInput.of(self._problems)

    def text(self, name: str, *, max_length: int = 200) -> str | None:
        """The parameter's value, or None when it is absent or was refused."""
        values = self._values.get(name)
        if not values or len(values) > 1:
            return None
        problem = text_problem(values[0])
        if problem is None and len(values[0]) > max_length:
            problem = f"must have at most {max_length} characters"
        if problem is not None:
            self.add_error(name, problem)
            return None
        return values[0]

    def integer(self, name: str, *, low: int, high: int, default: int) -> int:
        """An optional whole number in plain digits."""
        text = self.text(name)
        if text is None:
            return default
        digits = text.removeprefix("-")
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 18):
            self.add_error(name, "must be an integer")
            return default
        if not low <= int(text) <= high:
            self.add_error(
                name,
                f"must be {low} or more" if high > 1_000 else f"must be between {low} and {high}",
            )
        return int(text)

    def flag(self, name: str) -> bool:
        """`true` or `false` in any case, or `1` or `0`; absent means false."""
        text = self.text(name)
        if text is not None and text.lower() not in _FLAGS:
            self.add_error(name, "must be true or false")
        return text is not None and _FLAGS.get(text.lower(), False)

    def statuses(self, name: str) -> tuple[TaskStatus, ...] | None:
        """Statuses, separated by commas or sent one by one; each counts once."""
        values = self._values.get(name)
        if not values:
            return None
        words = {word.strip() for value in values for word in value.split(",")}
        if not words <= _STATUSES:
            self.add_error(name, f"must be one or more of {', '.join(TaskStatus)}, comma-separated")
            return None
        return tuple(one for one in TaskStatus if one.value in words)

    def action_type(self, name: str) -> ActionType | None:
        """One of the kinds of action."""
        text = self.text(name)
        if text is None:
            return None
        if text not in _ACTION_TYPES:
            self.add_error(name, f"must be one of {', '.join(ActionType)}")
            return None
        return ActionType(text)
