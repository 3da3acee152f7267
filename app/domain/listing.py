"""How lists are asked for: filters, pages and their bounds."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.errors import BadInput, FieldError
from app.domain.task import ActionType, TaskStatus

DEFAULT_PAGE_SIZE = 50
MAX_PAGE_SIZE = 100
MAX_OFFSET = 2**31 - 1


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """Which tasks are wanted; None wants all."""

    statuses: tuple[TaskStatus, ...] | None = None
    linkedin_account_id: str | None = None
    action_type: ActionType | None = None

    def lets_through(self, status: str, linkedin_account_id: str, action_type: str) -> bool:
        """Whether a task is wanted."""
        return (
            (self.statuses is None or status in self.statuses)
            and self.linkedin_account_id in (None, linkedin_account_id)
            and self.action_type in (None, action_type)
        )


@dataclass(frozen=True, slots=True)
class TaskQuery:
    """A page of a list of tasks."""

    filter: TaskFilter
    limit: int
    offset: int
    wants_total: bool


def check_page(first: int, offset: int = 0) -> None:
    """Raises BadInput for a page of a size or at a place that is not served."""
    problems = []
    if not 1 <= first <= MAX_PAGE_SIZE:
        problems.append(FieldError(("first",), f"must be between 1 and {MAX_PAGE_SIZE}"))
    if not 0 <= offset <= MAX_OFFSET:
        problems.append(FieldError(("offset",), "must be 0 or more"))
    if problems:
        raise BadInput.of(problems)


def check_task_query(parameters: Mapping[str, list[str]]) -> TaskQuery:
    """REST's query parameters of a list of tasks, or BadInput that names every bad one."""
    reader = Parameters(
        parameters,
        ("status", "linkedin_account_id", "action_type", "limit", "offset", "include_total"),
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
    reader.finish()
    return query


class Parameters:
    """The parameters of a query string, read one by one; every bad one is noted."""

    def __init__(self, raw: Mapping[str, list[str]], known: tuple[str, ...]) -> None:
        self._raw = raw
        self._problems: list[FieldError] = []
        for name, values in raw.items():
            if name not in known:
                allowed = ", ".join(known) or "none"
                self.refuse(name, f"is not a known parameter (known: {allowed})")
            elif len(values) > 1:
                self.refuse(name, "must be given once")

    def refuse(self, name: str, message: str) -> None:
        """Note that a parameter breaks a rule."""
        shown = name[:80].encode("ascii", "backslashreplace").decode()
        self._problems.append(FieldError((shown,), message))

    def finish(self) -> None:
        """Raises BadInput that names every parameter refused so far."""
        if self._problems:
            raise BadInput.of(self._problems)

    def text(self, name: str) -> str | None:
        """A parameter that must not be empty if it is there."""
        values = self._raw.get(name)
        if values is None:
            return None
        if not values[0]:
            self.refuse(name, "must not be empty")
        return values[0]

    def integer(self, name: str, *, low: int, high: int, default: int) -> int:
        """An optional whole number in plain digits."""
        text = self.text(name)
        if text is None:
            return default
        digits = text.removeprefix("-")
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 18):
            self.refuse(name, "must be an integer")
            return default
        if not low <= int(text) <= high:
            self.refuse(
                name,
                f"must be {low} or more" if high > 1_000 else f"must be between {low} and {high}",
            )
        return int(text)

    def flag(self, name: str) -> bool:
        """`true` or `false`; left out means false."""
        text = self.text(name)
        if text not in (None, "true", "false"):
            self.refuse(name, "must be true or false")
        return text == "true"

    def statuses(self, name: str) -> tuple[TaskStatus, ...] | None:
        """One or more statuses, separated by commas."""
        text = self.text(name)
        if not text:
            return None
        words = text.split(",")
        if any(word not in {one.value for one in TaskStatus} for word in words):
            self.refuse(name, f"must be one or more of {', '.join(TaskStatus)}, comma-separated")
            return None
        return tuple(TaskStatus(word) for word in words)

    def action_type(self, name: str) -> ActionType | None:
        """One of the kinds of action."""
        text = self.text(name)
        if not text:
            return None
        if text not in {one.value for one in ActionType}:
            self.refuse(name, f"must be one of {', '.join(ActionType)}")
            return None
        return ActionType(text)
