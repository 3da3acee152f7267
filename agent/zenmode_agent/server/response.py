"""What an HTTP response means: it is the server's own, or that of something in between.

Only a GraphQL response of the server decides anything. A proxy, a load balancer or a captive portal
may respond with any status and any text; all of it means: ask again.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from zenmode_agent.errors import Refused, SubscriptionEnded, TokenRefused, Unreachable

# The codes that are final. With every other code, another request may succeed.
_REFUSALS = frozenset(
    {"ACCOUNT_BUSY", "BAD_USER_INPUT", "CONFLICT", "DO_NOT_CONTACT", "LEASE_LOST", "NOT_FOUND"}
)
_TOKEN_REFUSALS = frozenset({"UNAUTHENTICATED", "FORBIDDEN"})
_SUBSCRIPTION_ENDED = "NO_ACTIVE_SUBSCRIPTION"
# With other statuses, such as 408, the request did not arrive whole or in time.
_DEFINITE_STATUSES = frozenset({200, 400, 413})
_LONGEST_MESSAGE = 500
_ROOT_FIELD = re.compile(r"\{\s*(\w+)")


@dataclass(frozen=True)
class Response:
    """An HTTP response, read whole."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def read_response(document: str, response: Response) -> dict[str, Any]:
    """The document's `data`. Raises Unreachable, SubscriptionEnded, Refused or TokenRefused."""
    body = _json_object(response.body)
    errors = body.get("errors")
    if isinstance(errors, list) and errors:
        raise _failure(errors[0], response)
    data = body.get("data")
    if 200 <= response.status < 300 and isinstance(data, dict) and _has_field(document, data):
        return data
    raise Unreachable(_not_zenmode(response), _retry_after({}, response))


def failure_of(error: object, retry_after_seconds: float = 0.0) -> Unreachable | Refused | None:
    """What one GraphQL error means; None when it is not the server's."""
    extensions = error.get("extensions") if isinstance(error, dict) else None
    code = extensions.get("code") if isinstance(extensions, dict) else None
    if not isinstance(error, dict) or not isinstance(code, str):
        return None
    message = _one_line(error.get("message"))
    if code == _SUBSCRIPTION_ENDED:
        return SubscriptionEnded(message)
    if code in _TOKEN_REFUSALS:
        return TokenRefused(code, message)
    if code in _REFUSALS:
        return Refused(code, message)
    return Unreachable(f"{message} ({_one_line(code)})", retry_after_seconds)


def _failure(error: object, response: Response) -> Unreachable | Refused:
    extensions = error.get("extensions") if isinstance(error, dict) else None
    seconds = _retry_after(extensions if isinstance(extensions, dict) else {}, response)
    failure = failure_of(error, seconds)
    if failure is None:
        return Unreachable(_not_zenmode(response), seconds)
    if type(failure) is Refused and response.status not in _DEFINITE_STATUSES:
        return Unreachable(f"{failure} with {response.status}", seconds)
    return failure


def _has_field(document: str, data: Mapping[str, Any]) -> bool:
    """Whether the data holds the document's field."""
    field = _ROOT_FIELD.search(document)
    return field is not None and isinstance(data.get(field[1]), dict | list)


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        parsed = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return parsed if isinstance(parsed, dict) else {}


def _not_zenmode(response: Response) -> str:
    """A sentence about a response that is not the server's."""
    status = response.status
    if 300 <= status < 400:
        return f"it responded {status} and redirects {_elsewhere(response)}; is --url right?"
    if status in (404, 405):
        return f"it responded {status}, which is not ZenMode; is --url the URL of ZenMode itself?"
    return f"something that is not ZenMode responded {status}"


def _elsewhere(response: Response) -> str:
    try:
        target = urlsplit(response.headers.get("location", ""))
        return f"to {target.scheme}://{target.hostname}" if target.hostname else "elsewhere"
    except ValueError:
        return "elsewhere"


def _one_line(text: object) -> str:
    words = " ".join(str(text).split())
    return "".join(letter for letter in words if letter.isprintable())[:_LONGEST_MESSAGE]


def _retry_after(extensions: Mapping[str, Any], response: Response) -> float:
    given = extensions.get("retryAfter") or response.headers.get("retry-after")
    try:
        seconds = float(given or 0)
    except (TypeError, ValueError):
        return 0.0
    return seconds if seconds > 0 else 0.0
