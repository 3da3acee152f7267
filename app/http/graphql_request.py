"""What a GraphQL request asks for, read strictly (GraphQL over HTTP, 5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from starlette.datastructures import Headers
from starlette.requests import Request

from app.domain.errors import BadInput
from app.domain.strict_json import decode_object
from app.http.refusals import UnsupportedMediaType

_JSON: Final = "application/json"
_FAR_ENOUGH: Final = 1024


@dataclass(frozen=True, slots=True)
class GraphQLRequest:
    """One operation that somebody asks for.

    One that `is_persisted` names its document by a hash, and has no text. All else in `extensions`
    means nothing to us.
    """

    text: str
    operation_name: str | None
    variables: dict[str, Any]
    is_persisted: bool = False


async def read_request(request: Request) -> GraphQLRequest:
    """The operation in a request's body, or in the query of a GET.

    Raises BadInput or UnsupportedMediaType.
    """
    if request.method == "GET":
        return parameters(_from_query(request))
    if not is_json(request.headers):
        raise UnsupportedMediaType("send the operation as Content-Type: application/json")
    body = await request.body()
    if body[:_FAR_ENOUGH].lstrip().startswith(b"["):
        raise BadInput("batching is off: send one operation a request, as a JSON object")
    return parameters(decode_object(body))


def is_json(headers: Headers) -> bool:
    """Whether the body is announced as JSON, in the one encoding that JSON has."""
    name, *rest = headers.get("content-type", "").split(";")
    charsets = [one.strip().lower() for one in rest if one.strip().lower().startswith("charset=")]
    is_utf_8 = all(one.removeprefix("charset=").strip('"') == "utf-8" for one in charsets)
    return name.strip().lower() == _JSON and is_utf_8


def parameters(sent: Mapping[str, object]) -> GraphQLRequest:
    """The parts of a request, each of its type. Raises BadInput."""
    extensions = _object_or_null(sent, "extensions")
    text = sent.get("query")
    is_persisted = text is None and "persistedQuery" in extensions
    text = "" if is_persisted else text
    if not isinstance(text, str):
        raise BadInput.at("query", "must be a string that holds a GraphQL document")
    name = sent.get("operationName")
    if name is not None and not isinstance(name, str):
        raise BadInput.at("operationName", "must be a string or null")
    # Clients that have no name for it send an empty one.
    return GraphQLRequest(text, name or None, _object_or_null(sent, "variables"), is_persisted)


def _object_or_null(sent: Mapping[str, object], name: str) -> dict[str, Any]:
    value = sent.get(name)
    if value is not None and not isinstance(value, dict):
        raise BadInput.at(name, "must be an object or null")
    return value or {}


def _from_query(request: Request) -> dict[str, object]:
    sent: dict[str, object] = dict(request.query_params)
    if len(sent) < len(request.query_params.multi_items()):
        raise BadInput("a parameter of the query stands twice")
    for name in ("variables", "extensions"):
        text = str(sent.pop(name, ""))
        if text not in ("", "null"):
            sent[name] = decode_object(text, name)
    return sent
