"""What a GraphQL request asks for, read strictly (GraphQL over HTTP, 5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from starlette.requests import Request

from app.domain.errors import (
    BadInput,
    FieldError,
    UnsupportedContentCoding,
    UnsupportedMediaType,
)
from app.domain.input.json_problems import UnfitValues
from app.domain.input.strict_json import decode_object
from app.http.json_body import content_coding_problem, media_type_problem

_FAR_ENOUGH: Final = 1024


@dataclass(frozen=True, slots=True)
class GraphQLRequest:
    """One operation that a client requests.

    One that `is_persisted` names its document by a hash, and has no text. All else in `extensions`
    means nothing to us.
    `unfit` names what the variables held that could not be read, and no longer hold.
    """

    text: str
    operation_name: str | None
    variables: dict[str, Any]
    is_persisted: bool = False
    unfit: tuple[FieldError, ...] = ()


async def read_request(request: Request) -> GraphQLRequest:
    """The operation in a request's body, or in the query of a GET.

    Raises BadInput, UnsupportedMediaType or UnsupportedContentCoding.
    """
    if request.method == "GET":
        return _from_query(request)
    if problem := content_coding_problem(request.headers):
        raise UnsupportedContentCoding(problem)
    body = await request.body()
    if problem := media_type_problem(request.headers, body):
        raise UnsupportedMediaType(problem)
    if body[:_FAR_ENOUGH].lstrip().startswith(b"["):
        raise BadInput("batching is off: send one operation a request, as a JSON object")
    try:
        return parameters(decode_object(body))
    except UnfitValues as error:
        return _without_unfit(error.rest, error.details)


def _without_unfit(sent: Mapping[str, object], unfit: Sequence[FieldError]) -> GraphQLRequest:
    """The request without what could not be read, if that was in its variables alone."""
    if any(one.path[0] != "variables" or len(one.path) == 1 for one in unfit):
        raise BadInput.of(unfit)
    return replace(parameters(sent), unfit=tuple(unfit))


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


def _from_query(request: Request) -> GraphQLRequest:
    sent: dict[str, object] = dict(request.query_params)
    if len(sent) < len(request.query_params.multi_items()):
        raise BadInput("a parameter of the query stands twice")
    unfit: list[FieldError] = []
    for name in ("variables", "extensions"):
        text = str(sent.pop(name, ""))
        if text in ("", "null"):
            continue
        try:
            sent[name] = decode_object(text, name)
        except UnfitValues as error:
            sent[name] = error.rest
            unfit += [FieldError((name, *one.path), one.message) for one in error.details]
    return _without_unfit(sent, unfit)
