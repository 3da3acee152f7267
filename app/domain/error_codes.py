"""The one table of error codes: what GraphQL and REST call each error, and what to do about it.

Both APIs, the OpenAPI document and the page `/docs/errors` read it. Every error response links to
its row.
"""

from dataclasses import dataclass
from typing import Final

from app.domain.errors import ZenModeError

DOCS_PATH: Final = "/docs/errors"


@dataclass(frozen=True, slots=True)
class ErrorCode:
    """One row, for the error classes with this `code`.

    `rest` is its name in REST, None if REST never returns it. `status` is the HTTP status of a
    response that consists of this error alone. GraphQL uses `code`, unless `broader` names the code
    that it uses instead.
    """

    code: str
    rest: str | None
    status: int
    meaning: str
    remedy: str
    broader: str | None = None

    @property
    def graphql(self) -> str:
        """The value of `extensions.code`."""
        return self.broader or self.code


ERROR_CODES: Final = (
    ErrorCode(
        "BAD_USER_INPUT",
        "invalid_request",
        400,
        "Something in the request breaks a rule, or the request could not be read.",
        "Correct the fields in details, then send the request again. Repeating it unchanged fails "
        "again.",
    ),
    ErrorCode(
        "TASK_NOT_CANCELLABLE",
        "task_not_cancellable",
        400,
        "The task has started or ended. Only a pending or queued task can be cancelled.",
        "Read the task to see its status. There is nothing left to cancel.",
        broader="CONFLICT",
    ),
    ErrorCode(
        "CONFLICT",
        "conflict",
        400,
        "The object is not in a state that allows this, for example a task that has already ended.",
        "Read the object again, then decide whether to repeat the request.",
    ),
    ErrorCode(
        "IDEMPOTENCY_KEY_REUSED",
        "idempotency_key_reused",
        400,
        "The idempotency key was used for a different task within the last 24 hours.",
        "Use a new key for a new task. Repeat a key only with the same request.",
    ),
    ErrorCode(
        "UNAUTHENTICATED",
        "invalid_api_key",
        401,
        "The credentials are missing, malformed, unknown, expired or revoked.",
        "Send Authorization: Bearer and your API key. Create a new key in the dashboard if this "
        "one was revoked.",
    ),
    ErrorCode(
        "NO_ACTIVE_SUBSCRIPTION",
        "no_active_subscription",
        403,
        "The workspace has no active subscription.",
        "Renew the subscription. Requests work again within seconds.",
    ),
    ErrorCode(
        "FORBIDDEN",
        "forbidden",
        403,
        "The credentials are good, but may not do this.",
        "Use credentials that may: a person, an API key and an agent each have operations of "
        "their own.",
    ),
    ErrorCode(
        "NOT_FOUND",
        "not_found",
        404,
        "There is no such route, or no such object in your workspace.",
        "Check the path and the id. Another workspace's objects are never found.",
    ),
    ErrorCode(
        "METHOD_NOT_ALLOWED",
        "method_not_allowed",
        405,
        "The path exists, but not with this method.",
        "Use one of the methods in the Allow header.",
        broader="BAD_USER_INPUT",
    ),
    ErrorCode(
        "BODY_TOO_LATE",
        "invalid_request",
        408,
        "The request did not arrive in time.",
        "Send the request again, over a faster connection or with a smaller body.",
        broader="BAD_USER_INPUT",
    ),
    ErrorCode(
        "BODY_TOO_LARGE",
        "body_too_large",
        413,
        "The request body is too large: REST accepts 128 KiB, GraphQL 256 KiB.",
        "Send less in one request.",
        broader="BAD_USER_INPUT",
    ),
    ErrorCode(
        "UNSUPPORTED_MEDIA_TYPE",
        "unsupported_media_type",
        415,
        "The body is not announced as JSON in UTF-8, or it is compressed.",
        "Send Content-Type: application/json, without a Content-Encoding.",
        broader="BAD_USER_INPUT",
    ),
    ErrorCode(
        "RATE_LIMITED",
        "rate_limited",
        429,
        "Too many requests within a minute.",
        "Wait for the number of seconds in Retry-After (GraphQL: retryAfter), then try again.",
    ),
    ErrorCode(
        "DAILY_TASK_LIMIT",
        "daily_task_limit",
        429,
        "The LinkedIn account has had all its tasks for this day (UTC).",
        "Wait until midnight UTC (Retry-After says how long), or use another LinkedIn account.",
    ),
    ErrorCode(
        "PERSISTED_QUERY_NOT_SUPPORTED",
        None,
        200,
        "The request names its document by a hash. Persisted queries are not supported.",
        "Send the document in query. Clients with automatic persisted queries do so by themselves.",
    ),
    ErrorCode(
        "LEASE_LOST",
        None,
        200,
        "The agent does not hold this task any more.",
        "Stop working on the task. Claim tasks again.",
    ),
    ErrorCode(
        "ACCOUNT_BUSY",
        None,
        200,
        "The LinkedIn account is running another task.",
        "Start this task when the other one has ended.",
    ),
    ErrorCode(
        "INTERNAL",
        "internal_error",
        500,
        "Something went wrong on our side.",
        "Try again. If it stays, contact support with the request id.",
    ),
    ErrorCode(
        "UNAVAILABLE",
        "unavailable",
        503,
        "A part of the service, such as its database, is out of reach for the moment.",
        "Try again after the number of seconds in Retry-After.",
    ),
)


_BY_CODE: Final = {row.code: row for row in ERROR_CODES}


def row_of(error: ZenModeError) -> ErrorCode:
    """Returns the row of an error; that of INTERNAL for a code without one."""
    return _BY_CODE.get(error.code, _BY_CODE["INTERNAL"])


def rest_row_of(error: ZenModeError) -> ErrorCode:
    """Returns the row of an error in REST: that of INTERNAL for an error that REST lacks."""
    row = row_of(error)
    return row if row.rest else _BY_CODE["INTERNAL"]


def rest_codes() -> dict[str, int]:
    """Returns each code of REST with its usual status, in the table's order."""
    statuses: dict[str, int] = {}
    for row in ERROR_CODES:
        if row.rest:
            statuses.setdefault(row.rest, row.status)
    return statuses


def doc_url(code: str, public_url: str | None) -> str:
    """Returns the link to a code's explanation: absolute if the public address is known."""
    return f"{(public_url or '').rstrip('/')}{DOCS_PATH}#{code}"
