"""What a route is: a declaration."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from app.domain.errors import BadInput, FieldError
from app.domain.tasks.task_filter import Parameters
from app.schema.prepared_operation import Prepared

Json: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RestRequest:
    """A decoded request, as a route reads it. `now` in milliseconds.

    `field_values` gives the values of a header field, by its name in any case; `unfit` names what
    the body held that could not be read, and no longer holds.
    """

    path: Mapping[str, str]
    query: Mapping[str, list[str]]
    header_values: Callable[[str], list[str]]
    body: Json | None
    now: int
    unfit: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of the path, the query or a header, as the documentation shows it."""

    name: str
    location: str
    description: str
    schema: Mapping[str, object]
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Route:
    """One method on one path.

    `variables` reads the request with the domain's checkers and raises BadInput; `body` shapes the
    answer's data where it is not the body already; `headers` adds fields to the answer. A
    deprecated route goes on working; another one does the same in a better way.
    """

    method: str
    path: str
    name: str
    summary: str
    description: str
    operation: Prepared
    variables: Callable[[RestRequest], Json]
    answer_schema: Mapping[str, object]
    status: int = 200
    body: Callable[[Json, Json], Json] = lambda data, _variables: data
    headers: Callable[[Json], Mapping[str, str]] = lambda _data: {}
    parameters: tuple[Parameter, ...] = ()
    body_schema: Mapping[str, object] | None = None
    codes: tuple[str, ...] = field(default=())
    is_deprecated: bool = False

    def read(self, request: RestRequest) -> Json:
        """The operation's variables. Raises BadInput that names every bad field."""
        if not request.unfit:
            return self.variables(request)
        details = list(request.unfit)
        named = {one.path for one in details}
        try:
            self.variables(request)
        except BadInput as error:
            details += [one for one in error.details if one.path not in named]
        raise BadInput.of(details)

    @property
    def takes_body(self) -> bool:
        """Whether a JSON object must be sent."""
        return self.body_schema is not None


def check_query_parameters(request: RestRequest, *known: str) -> None:
    """Raises BadInput for parameters of the query that the route does not know."""
    Parameters(request.query, known).raise_if_invalid()


def without_nulls(body: Json) -> Json:
    """Returns the fields of a body that are not null."""
    return {name: value for name, value in body.items() if value is not None}


def one_header(request: RestRequest, name: str) -> str | None:
    """A header field that may be sent once. Raises BadInput when it was sent more often."""
    values = request.header_values(name)
    if len(values) > 1:
        raise BadInput.at(name, "must be sent once")
    return values[0] if values else None
