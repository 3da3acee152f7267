"""The one tree of errors that are raised on purpose.

Each class has a `code`; `error_codes.py` says what GraphQL and REST call it. The message is a
sentence for people.
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
    """Returns a sentence that names the first bad fields and the number of the others."""
    found = tuple(details)
    parts = [f"{name_of(one)} {one.message}".strip() for one in found[:_MAX_IN_SENTENCE]]
    if len(found) > _MAX_IN_SENTENCE:
        parts.append(f"and {len(found) - _MAX_IN_SENTENCE} more")
    return "; ".join(parts)


class ZenModeError(Exception):
    """An error that the caller can understand. Raise a subclass."""

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
    """The credentials are missing or wrong."""

    code = "UNAUTHENTICATED"


class Forbidden(ZenModeError):
    """The caller is known and has no permission."""

    code = "FORBIDDEN"


class NoActiveSubscription(ZenModeError):
    """The workspace's subscription has ended."""

    code = "NO_ACTIVE_SUBSCRIPTION"


class NotFound(ZenModeError):
    """The caller's workspace has no such object."""

    code = "NOT_FOUND"


class BadInput(ZenModeError):
    """Input that breaks a rule; `details` name every bad field."""

    code = "BAD_USER_INPUT"

    @classmethod
    def of(cls, details: Iterable[FieldError]) -> "BadInput":
        """Returns one error for the bad fields; it names at most MAX_DETAILS."""
        found = tuple(islice(details, MAX_DETAILS))
        return cls(sentence_of(found, lambda one: one.name), details=found)

    @classmethod
    def at(cls, field: str, message: str) -> "BadInput":
        """Returns an error for one bad field."""
        return cls.of([FieldError((field,), message)])


class MethodNotAllowed(BadInput):
    """The path exists, but not with this method."""

    code = "METHOD_NOT_ALLOWED"


class BodyTooLarge(BadInput):
    """The body has more bytes than are accepted."""

    code = "BODY_TOO_LARGE"


class BodyTooLate(BadInput):
    """The request did not arrive in time."""

    code = "BODY_TOO_LATE"


class UnsupportedMediaType(BadInput):
    """The body is not announced as JSON."""

    code = "UNSUPPORTED_MEDIA_TYPE"


class UnsupportedContentCoding(UnsupportedMediaType):
    """The body is compressed."""


class PersistedQueryNotSupported(ZenModeError):
    """The request names its document by a hash.

    Apollo's clients send the document after reading this exact message.
    """

    code = "PERSISTED_QUERY_NOT_SUPPORTED"

    def __init__(self) -> None:
        super().__init__("PersistedQueryNotSupported")


@contextmanager
def without_position() -> Iterator[None]:
    """Removes the leading position from the paths of a BadInput, for a list of one input."""
    try:
        yield
    except BadInput as error:
        raise BadInput.of(FieldError(one.path[1:], one.message) for one in error.details) from None


class Conflict(ZenModeError):
    """The object is not in a state that allows this."""

    code = "CONFLICT"


class TaskNotCancellable(Conflict):
    """The task has begun or ended."""

    code = "TASK_NOT_CANCELLABLE"


class LeaseLost(ZenModeError):
    """The agent no longer holds the task."""

    code = "LEASE_LOST"


class AccountBusy(ZenModeError):
    """The LinkedIn account is running another task."""

    code = "ACCOUNT_BUSY"


class IdempotencyKeyReused(ZenModeError):
    """The idempotency key belongs to a different task."""

    code = "IDEMPOTENCY_KEY_REUSED"


class RateLimited(ZenModeError):
    """Too many requests; `retry_after` says how many seconds to wait."""

    code = "RATE_LIMITED"


class DailyTaskLimit(ZenModeError):
    """The LinkedIn account has reached its daily limit; `retry_after` counts to midnight UTC."""

    code = "DAILY_TASK_LIMIT"


class Unavailable(ZenModeError):
    """A part of the service cannot be reached at the moment."""

    code = "UNAVAILABLE"


class Internal(ZenModeError):
    """An unexpected error, as callers receive it."""

    code = "INTERNAL"
