"""Request → variables → operation → body. It knows no noun."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app import tracing
from app.domain.errors import MethodNotAllowed, NotFound
from app.rest import forecasts, linkedin_accounts, tasks, webhooks
from app.rest.route import Json, RestRequest, Route
from app.schema.context import Context
from app.schema.prepared_operation import carry_out

ROUTES: tuple[Route, ...] = (
    *tasks.ROUTES,
    *forecasts.ROUTES,
    *webhooks.ROUTES,
    *linkedin_accounts.ROUTES,
)


@dataclass(frozen=True, slots=True)
class RestResult:
    """What goes back when nothing went wrong."""

    status: int
    body: Json
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RouteMatch:
    """The row for a request, and what its path holds."""

    route: Route
    path: dict[str, str]


class Routes:
    """All paths, each with its table of methods."""

    def __init__(self, routes: tuple[Route, ...] = ROUTES) -> None:
        self._paths: dict[str, dict[str, Route]] = {}
        for route in routes:
            self._paths.setdefault(route.path, {})[route.method] = route
        self._patterns = [
            (re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path)), methods)
            for path, methods in self._paths.items()
        ]

    def find(self, method: str, path: str) -> RouteMatch:
        """The route of a request. Raises NotFound, or MethodNotAllowed that names the others."""
        for pattern, methods in self._patterns:
            if (found := pattern.fullmatch(path)) is None:
                continue
            if method not in methods:
                raise MethodNotAllowed(f"this path answers {', '.join(sorted(methods))}")
            return RouteMatch(methods[method], found.groupdict())
        raise NotFound("there is no such route")

    def methods(self, path: str) -> list[str]:
        """The methods that a path answers."""
        return sorted(
            method
            for pattern, methods in self._patterns
            if pattern.fullmatch(path)
            for method in methods
        )


async def execute(route: Route, request: RestRequest, context: Context) -> RestResult:
    """Carry out one request. Raises ZenModeError for what could not be done."""
    variables = route.read(request)
    with tracing.operation_span(route.name):
        data = await carry_out(route.operation, variables, context)
    headers = route.headers(data)
    return RestResult(route.status, route.body(data, variables), headers)
