"""What an HTTP answer means: the server's own word, or that of something in between.

Only a GraphQL answer of the server decides anything. A proxy, a load balancer or a captive portal
may answer with any status and any text; all of it means: ask again.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from app.agent.errors import Refused, SubscriptionEnded, TokenRefused, Unreachable

# The protocol's definite answers. Every other code is one that may be another next time.
_REFUSALS = frozenset(
    {"ACCOUNT_BUSY", "BAD_USER_INPUT", "CONFLICT", "DO_NOT_CONTACT", "LEASE_LOST", "NOT_FOUND"}
)
_TOKEN_REFUSALS = frozenset({"UNAUTHENTICATED", "FORBIDDEN"})
_SUBSCRIPTION_ENDED = "NO_ACTIVE_SUBSCRIPTION"
# The server's own refusals of what did not arrive whole or in time, 408 say, may pass.
_DEFINITE_STATUSES = frozenset({200, 400, 413})
_LONGEST_MESSAGE = 500
_ROOT_FIELD = re.compile(r"\{\s*(\w+)")


@dataclass(frozen=True)
class Response:
    """An HTTP answer, read whole."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def read_response(document: str, response: Response) -> dict[str, Any]:
    """The document's `data`. Raises Unreachable, SubscriptionEnded, Refused or TokenRefused."""
    answer = _json_object(response.body)
    errors = answer.get("errors")
    if isinstance(errors, list) and errors:
        raise _failure(errors[0], response)
    data = answer.get("data")
    if 200 <= response.status < 300 and isinstance(data, dict) and _answers(document, data):
        return data
    raise Unreachable(_stranger(response), _retry_after({}, response))


def failure_of(error: object, retry_after_seconds: float = 0.0) -> Unreachable | Refused | None:
    """What one GraphQL error says; None when it is none of the server's."""
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
        return Unreachable(_stranger(response), seconds)
    if type(failure) is Refused and response.status not in _DEFINITE_STATUSES:
        return Unreachable(f"{failure} with {response.status}", seconds)
    return failure


def _answers(document: str, data: Mapping[str, Any]) -> bool:
    """Whether what the document asks for is there."""
    asked = _ROOT_FIELD.search(document)
    return asked is not None and isinstance(data.get(asked[1]), dict | list)


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _stranger(response: Response) -> str:
    """Words for an answer that is not the server's."""
    status = response.status
    if 300 <= status < 400:
        return f"it answered {status} and points {_elsewhere(response)}; is --url right?"
    if status in (404, 405):
        return f"it answered {status}, which is no ZenMode; is --url the address of ZenMode itself?"
    return f"something that is not ZenMode answered {status}"


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
    told = extensions.get("retryAfter") or response.headers.get("retry-after")
    try:
        seconds = float(told or 0)
    except (TypeError, ValueError):
        return 0.0
    return seconds if seconds > 0 else 0.0
