"""The one place where errors become what callers of GraphQL see.

Errors raised on purpose keep their sentence and bring their code; anything else is masked, and
logged with the request's id. Nothing of an exception's text gets out.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

import structlog
from graphql import FieldNode, GraphQLError, GraphQLField, GraphQLSchema

from app.domain.error_codes import doc_url, row_of
from app.domain.errors import BadInput, FieldError, Internal, ZenModeError, sentence_of

_log = structlog.get_logger(__name__)

_LONGEST_SENTENCE: Final = 500
_ARGUMENT: Final = re.compile(r"Argument '(\w+)' has invalid value(?: at ([\w.\[\]]+))?")
_SUGGESTION: Final = re.compile(r" Did you mean .*", re.DOTALL)
_STEP: Final = re.compile(r"\.(\w+)|\[(\d+)\]")


class ErrorFormat:
    """Formats errors of operations on one schema; `public_url` begins links to their codes."""

    def __init__(self, schema: GraphQLSchema, public_url: str | None = None) -> None:
        self._public_url = public_url
        roots = (schema.query_type, schema.mutation_type, schema.subscription_type)
        self._root_fields: dict[str, GraphQLField] = {}
        for root in roots:
            self._root_fields.update(root.fields if root else {})

    def every(self, errors: Sequence[GraphQLError], request_id: str) -> list[dict[str, object]]:
        """The `errors` of an answer."""
        return [self.one(error, request_id) for error in errors]

    def one(self, error: GraphQLError, request_id: str) -> dict[str, object]:
        """One of the `errors` of an answer (GraphQL specification, 7.1.2)."""
        public = _public_error(error)
        if isinstance(public, Internal):
            _log.error("unforeseen_error", request_id=request_id, exc_info=error.original_error)
        details = self._details(error, public)
        sentence = sentence_of(details, _dotted) if details else public.message
        formatted: dict[str, object] = {"message": sentence[:_LONGEST_SENTENCE]}
        if error.locations:
            formatted["locations"] = [one.formatted for one in error.locations]
        if error.path is not None:
            formatted["path"] = error.path
        formatted["extensions"] = self._extensions(public, details, request_id)
        return formatted

    def _details(self, error: GraphQLError, public: ZenModeError) -> list[FieldError]:
        """What is wrong with each field, its path from the argument down in GraphQL's names."""
        if not public.details:
            return []
        prefix = self._prefix(error, public.details[0].path)
        return [
            FieldError((*prefix, *graphql_path(one.path)), one.message) for one in public.details
        ]

    def _extensions(
        self, public: ZenModeError, details: Sequence[FieldError], request_id: str
    ) -> dict[str, object]:
        code = row_of(public).graphql
        extensions: dict[str, object] = {
            "code": code,
            "docUrl": doc_url(code, self._public_url),
        }
        if details:
            extensions["details"] = [{"path": one.path, "message": one.message} for one in details]
        extensions.update((_camel(name), id) for name, id in public.related_ids.items())
        if public.retry_after is not None:
            extensions["retryAfter"] = public.retry_after
        if isinstance(public, Internal):
            extensions["requestId"] = request_id
        return extensions

    def _prefix(self, error: GraphQLError, path: Sequence[str | int]) -> list[str]:
        """The argument that a verb's complaint is about, where the verb knew only its inside."""
        node = error.nodes[0] if error.nodes else None
        if error.path is None or len(error.path) != 1 or not isinstance(node, FieldNode):
            return []
        field = self._root_fields.get(node.name.value)
        arguments = list(field.args) if field else []
        is_whole = bool(path) and graphql_path(path)[0] in arguments
        return [] if is_whole or len(arguments) != 1 else arguments


def to_graphql_error(error: ZenModeError) -> GraphQLError:
    """An error raised on purpose, as GraphQL carries it."""
    return GraphQLError(error.message, original_error=error)


def codes_of(formatted: Sequence[Mapping[str, object]]) -> set[object]:
    """The codes that stand in formatted errors."""
    found: set[object] = set()
    for one in formatted:
        extensions = one["extensions"]
        assert isinstance(extensions, Mapping)
        found.add(extensions["code"])
    return found


def _public_error(error: GraphQLError) -> ZenModeError:
    original = error.original_error
    if isinstance(original, ZenModeError):
        return original
    if original is None and error.path is None:
        # Of the document itself, in the library's words.
        return BadInput(_SUGGESTION.sub("", error.message))
    if isinstance(original, GraphQLError) and (found := _ARGUMENT.match(original.message)):
        # A variable that may be null stands where nothing may, or inside JSON that is wrong with
        # it: only the running operation shows it.
        steps = [name or int(index) for name, index in _STEP.findall(found[2] or "")]
        raised = original.original_error
        message = raised.message if isinstance(raised, ZenModeError) else "must not be null"
        return BadInput.of([FieldError((found[1], *steps), message)])
    return Internal("something went wrong on our side; the request id helps us to find out what")


def _dotted(one: FieldError) -> str:
    """`inputs[3].payload.profileUrl`; what stands in the one argument `input` goes without it."""
    path = one.path[1:] if len(one.path) > 1 and one.path[0] == "input" else one.path
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).removeprefix(".")


def graphql_path(path: Sequence[str | int]) -> list[str | int]:
    """Returns a path of the domain's names in GraphQL's names."""
    return [_camel(part) if isinstance(part, str) else part for part in path]


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part[:1].upper() + part[1:] for part in rest)
