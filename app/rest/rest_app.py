"""The ASGI app of REST: authentication, rate limit, body, route, response."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qsl

import orjson
import structlog
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from app.domain.access.caller import PEOPLE_AND_KEYS, Caller, CallerKind, require
from app.domain.access.rate_limit import RateLimit
from app.domain.access.tokens import prefix_of
from app.domain.error_codes import rest_row_of
from app.domain.errors import (
    BodyTooLarge,
    BodyTooLate,
    FieldError,
    Internal,
    MethodNotAllowed,
    RateLimited,
    Unauthenticated,
    UnsupportedContentCoding,
    UnsupportedMediaType,
    ZenModeError,
)
from app.domain.input.json_problems import UnfitValues
from app.domain.input.strict_json import decode_object
from app.graphql_engine.cancellation import cancellation_of_others_is_an_error
from app.http.auth.access_control import AccessControl
from app.http.auth.credentials import Credentials, bearer_in
from app.http.auth.rate_limit_headers import rate_limit_headers
from app.http.http_errors import error_headers, rest_body
from app.http.json_body import content_coding_problem, media_type_problem
from app.http.middleware.access_log import note_caller, note_operation, note_route
from app.http.middleware.body_limit import DEADLINE_SECONDS, REST_BODY_BYTES, BodyLimit
from app.http.middleware.request_id import request_id_of
from app.rest.api_description import ApiDescription
from app.rest.openapi import PREFIX
from app.rest.rest_response import RestResponse
from app.rest.route import RestRequest
from app.rest.router import RouteMatch, Routes, execute
from app.schema.context import Context
from app.services.services import Services

_STATE: Final = "rest"
_log = structlog.get_logger(__name__)


class RestApp:
    """An ASGI app for everything under /api/v1."""

    def __init__(self, services: Services, access_control: AccessControl) -> None:
        self._services = services
        self._access_control = access_control
        self._routes = Routes()
        self._description = ApiDescription(services.settings.public_url)
        self._with_body = BodyLimit(
            self._answer,
            max_bytes=REST_BODY_BYTES,
            too_large=self._too_large,
            too_late=self._too_late,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        exchange = _Exchange(scope, self._routes, self._services.settings.public_url)
        scope["state"][_STATE] = exchange
        if self._description.describes(exchange.path):
            await self._described(exchange, scope).send(send)
            return
        try:
            await self._let_in(exchange, scope)
        except Exception as error:
            await exchange.refused(error).send(send)
            return
        await self._with_body(scope, receive, send)

    def _described(self, exchange: "_Exchange", scope: Scope) -> RestResponse:
        if exchange.method == "GET":
            return self._description.response(exchange.path, scope)
        refusal = exchange.refused(MethodNotAllowed("this path answers GET"))
        return RestResponse(refusal.status, refusal.body, {**refusal.headers, "Allow": "GET"})

    async def _let_in(self, exchange: "_Exchange", scope: Scope) -> None:
        """Raises what keeps the request out; a good key's budget is spent before anything else."""
        try:
            exchange.caller = await self._caller(exchange.bearer)
        except Unauthenticated:
            exchange.match = self._routes.find(exchange.method, exchange.path)
            raise
        note_caller(exchange.caller.workspace_id, exchange.caller.credential_id)
        exchange.limit = limit = await self._access_control.consume_rate_limit(exchange.caller, 1)
        if limit is not None and limit.is_exceeded:
            raise RateLimited(
                f"more than {limit.limit} requests in {limit.window_seconds} seconds; "
                f"the next one is let through in {limit.reset_seconds} s",
                retry_after=limit.reset_seconds,
            )
        exchange.match = self._routes.find(exchange.method, exchange.path)
        route = exchange.match.route
        note_operation(route.name, "rest")
        note_route(scope, f"{PREFIX}{route.path}")
        # Before a body is looked at; every action asks for it as well.
        require(exchange.caller, PEOPLE_AND_KEYS)

    async def _caller(self, bearer: str | None) -> Caller:
        caller = None
        if bearer is not None and prefix_of(bearer):
            caller = await self._access_control.authenticate(Credentials(bearer, None, None))
        if caller is None or caller.kind is not CallerKind.API_KEY:
            raise Unauthenticated("send a valid API key as Authorization: Bearer zm_…")
        return caller

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        exchange: _Exchange = scope["state"][_STATE]
        try:
            with cancellation_of_others_is_an_error():
                reply = await self._carried_out(exchange, scope, receive)
        except Exception as error:
            reply = exchange.refused(error)
        await reply.send(send)

    async def _carried_out(
        self, exchange: "_Exchange", scope: Scope, receive: Receive
    ) -> RestResponse:
        assert exchange.match is not None
        route = exchange.match.route
        body, unfit = await _body(exchange.headers, receive) if route.takes_body else (None, ())
        request = RestRequest(
            path=exchange.match.path,
            query=_lists(scope["query_string"]),
            header_values=exchange.headers.getlist,
            body=body,
            now=self._services.now(),
            unfit=unfit,
        )
        context = Context(self._services, exchange.caller, request_id_of(scope))
        answered = await execute(route, request, context)
        return exchange.answered(answered.status, answered.body, answered.headers)

    async def _too_large(self, scope: Scope, _receive: Receive, send: Send) -> None:
        exchange: _Exchange = scope["state"][_STATE]
        error = BodyTooLarge(f"a body may have {REST_BODY_BYTES:,} bytes")
        await exchange.refused(error).send(send)

    async def _too_late(self, scope: Scope, _receive: Receive, send: Send) -> None:
        exchange: _Exchange = scope["state"][_STATE]
        error = BodyTooLate(f"a body must arrive within {DEADLINE_SECONDS:g} s")
        await exchange.refused(error).send(send)


class _Exchange:
    """One request on its way to its answer."""

    def __init__(self, scope: Scope, routes: Routes, public_url: str | None) -> None:
        self.method: str = scope["method"]
        self.path: str = scope["path"].removeprefix(PREFIX)
        self.headers = Headers(scope=scope)
        self.bearer = bearer_in(self.headers.getlist("authorization"))
        self.caller: Caller | None = None
        self.limit: RateLimit | None = None
        self.match: RouteMatch | None = None
        self._routes = routes
        self._request_id = request_id_of(scope)
        self._public_url = public_url

    def answered(
        self, status: int, body: dict[str, Any], headers: Mapping[str, str]
    ) -> RestResponse:
        """An answer of JSON."""
        return RestResponse(
            status, orjson.dumps(body), {**rate_limit_headers(self.limit), **headers}
        )

    def refused(self, error: Exception) -> RestResponse:
        """Returns the error response; unexpected errors are masked and logged."""
        refusal = error if isinstance(error, ZenModeError) else Internal("something went wrong")
        if isinstance(refusal, Internal):
            _log.error("unforeseen_error", request_id=self._request_id, exc_info=error)
            refusal = Internal("something went wrong on our side; the request id helps to find it")
        headers = error_headers(refusal, ", ".join(self._routes.methods(self.path)))
        body = rest_body(refusal, self._request_id, self._public_url)
        return self.answered(rest_row_of(refusal).status, body, headers)


async def _body(
    headers: Headers, receive: Receive
) -> tuple[dict[str, Any], tuple[FieldError, ...]]:
    """The object that was sent, and what it held that could not be read."""
    if problem := content_coding_problem(headers):
        raise UnsupportedContentCoding(problem)
    # The limit above gives it whole.
    body = (await receive()).get("body", b"")
    if problem := media_type_problem(headers, body):
        raise UnsupportedMediaType(problem)
    try:
        return decode_object(body), ()
    except UnfitValues as error:
        return error.rest, error.details


def _lists(query: bytes) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    if query:
        for name, value in parse_qsl(query.decode("latin-1"), keep_blank_values=True):
            found.setdefault(name, []).append(value)
    return found
