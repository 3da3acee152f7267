"""The one tree of errors that are raised on purpose.

Each class has a stable `code` for programs; the message is a sentence for people.
The doors translate: GraphQL puts the code into `extensions.code`, REST turns it into a status.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import ClassVar, Final

MAX_DETAILS: Final = 100
_MAX_IN_SENTENCE: Final = 10


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing that is wrong with one field.

    `path` leads to the field from the top of the input, in snake_case names and list positions;
    `message` reads on after the field's name, as in "must be an integer".
    """

    path: tuple[str | int, ...]
    message: str

    @property
    def name(self) -> str:
        """The path as one dotted name, as REST prints it."""
        return ".".join(str(part) for part in self.path)


def sentence_of(details: Iterable[FieldError], name_of: Callable[[FieldError], str]) -> str:
    """A sentence that names the first bad fields and says how many more there are."""
    found = tuple(details)
    parts = [f"{name_of(one)} {one.message}".strip() for one in found[:_MAX_IN_SENTENCE]]
    if len(found) > _MAX_IN_SENTENCE:
        parts.append(f"and {len(found) - _MAX_IN_SENTENCE} more")
    return "; ".join(parts)


class ZenModeError(Exception):
    """Something the caller can understand. Raise a subclass."""

    code: ClassVar[str] = "INTERNAL"

    def __init__(
        self,
        message: str,
        *,
        details: Iterable[FieldError] = (),
        retry_after: int | None = None,
        related_ids: Mapping[str, str] | None = None,
    ) -> None:
        """`retry_after` in seconds; `related_ids` of what the message names, in snake_case."""
        super().__init__(message)
        self.message = message
        self.details = tuple(details)
        self.retry_after = retry_after
        self.related_ids = dict(related_ids or {})


class Unauthenticated(ZenModeError):
    """Nobody we know: no credentials, or wrong ones."""

    code = "UNAUTHENTICATED"


class Forbidden(ZenModeError):
    """Somebody we know who may not do this."""

    code = "FORBIDDEN"


class NoActiveSubscription(ZenModeError):
    """The workspace's subscription has ended."""

    code = "NO_ACTIVE_SUBSCRIPTION"


class NotFound(ZenModeError):
    """There is no such thing in the caller's workspace."""

    code = "NOT_FOUND"


class BadInput(ZenModeError):
    """Input that breaks a rule; `details` name every bad field."""

    code = "BAD_USER_INPUT"

    @classmethod
    def of(cls, details: Iterable[FieldError]) -> "BadInput":
        """One error for the bad fields, of which it names MAX_DETAILS at most."""
        found = tuple(islice(details, MAX_DETAILS))
        return cls(sentence_of(found, lambda one: one.name), details=found)

    @classmethod
    def at(cls, field: str, message: str) -> "BadInput":
        """One error for one bad field."""
        return cls.of([FieldError((field,), message)])


@contextmanager
def without_position() -> Iterator[None]:
    """One input was handled as a list of one: its fields are told without the leading position."""
    try:
        yield
    except BadInput as error:
        raise BadInput.of(FieldError(one.path[1:], one.message) for one in error.details) from None


class Conflict(ZenModeError):
    """The thing is not in a state that allows this."""

    code = "CONFLICT"


class LeaseLost(ZenModeError):
    """The agent no longer holds the task."""

    code = "LEASE_LOST"


class AccountBusy(ZenModeError):
    """The LinkedIn account is carrying out another task."""

    code = "ACCOUNT_BUSY"


class IdempotencyKeyReused(ZenModeError):
    """The idempotency key belongs to a different order."""

    code = "IDEMPOTENCY_KEY_REUSED"


class RateLimited(ZenModeError):
    """Too many requests; `retry_after` says how many seconds to wait."""

    code = "RATE_LIMITED"


class DailyTaskLimit(ZenModeError):
    """The LinkedIn account has had all its tasks of the day; `retry_after` counts to midnight."""

    code = "DAILY_TASK_LIMIT"


class Unavailable(ZenModeError):
    """Something we stand on is out of reach for the moment."""

    code = "UNAVAILABLE"


class Internal(ZenModeError):
    """What callers see of anything unforeseen."""

    code = "INTERNAL"
