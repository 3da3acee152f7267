"""Request → variables → operation → body. It knows no noun."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app import tracing
from app.domain.errors import NotFound
from app.rest import linkedin_accounts, tasks, webhooks
from app.rest.errors import MethodNotAllowed
from app.rest.row import Json, RestRequest, Row
from app.schema.context import Context
from app.schema.prepared import carry_out

ROWS: tuple[Row, ...] = (*tasks.ROWS, *webhooks.ROWS, *linkedin_accounts.ROWS)


@dataclass(frozen=True, slots=True)
class RestAnswer:
    """What goes back when nothing went wrong."""

    status: int
    body: Json
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Route:
    """The row for a request, and what its path holds."""

    row: Row
    path: dict[str, str]


class Routes:
    """All paths, each with its table of methods."""

    def __init__(self, rows: tuple[Row, ...] = ROWS) -> None:
        self._paths: dict[str, dict[str, Row]] = {}
        for row in rows:
            self._paths.setdefault(row.path, {})[row.method] = row
        self._patterns = [
            (re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path)), methods)
            for path, methods in self._paths.items()
        ]

    def find(self, method: str, path: str) -> Route:
        """The route of a request. Raises NotFound, or MethodNotAllowed that names the others."""
        for pattern, methods in self._patterns:
            if (found := pattern.fullmatch(path)) is None:
                continue
            if method not in methods:
                raise MethodNotAllowed(f"this path answers {', '.join(sorted(methods))}")
            return Route(methods[method], found.groupdict())
        raise NotFound("there is no such route")

    def methods(self, path: str) -> list[str]:
        """The methods that a path answers."""
        return sorted(
            method
            for pattern, methods in self._patterns
            if pattern.fullmatch(path)
            for method in methods
        )


async def answer(row: Row, request: RestRequest, context: Context) -> RestAnswer:
    """Carry out one request. Raises ZenModeError for what could not be done."""
    variables = row.read(request)
    with tracing.operation_span(row.name):
        data = await carry_out(row.operation, variables, context)
    headers = row.headers(data)
    return RestAnswer(row.status, row.body(data, variables), headers)
