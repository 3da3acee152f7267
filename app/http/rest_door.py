"""The REST door: who asks, how often, how much, and in what words it is answered."""

from typing import Any, Final

import orjson
import structlog
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from app.actions.outside import Outside
from app.domain.caller import PEOPLE_AND_KEYS, Caller, CallerKind, require
from app.domain.errors import Internal, RateLimited, Unauthenticated, ZenModeError
from app.domain.rate_limit import RateLimit
from app.domain.strict_json import decode_object
from app.http.access_log import note_caller, note_operation, note_route
from app.http.body_limit import DEADLINE_SECONDS, REST_BODY_BYTES, BodyLimit
from app.http.credentials import Credentials, bearer_in
from app.http.gate import Gate
from app.http.graphql_request import is_json
from app.http.rate_limit_fields import rate_limit_fields
from app.http.request_id import request_id_of
from app.rest.adapter import Route, Routes, answer
from app.rest.errors import (
    BodyTooLarge,
    BodyTooLate,
    MethodNotAllowed,
    UnsupportedMediaType,
    error_body,
    error_headers,
    status_and_code,
)
from app.rest.openapi import PREFIX, openapi_document
from app.rest.row import RestRequest
from app.schema.context import Context

_JSON: Final = "application/json; charset=utf-8"
_OPENAPI_PATH: Final = "/openapi.json"
_STATE: Final = "rest"
_log = structlog.get_logger(__name__)


class RestDoor:
    """An ASGI app for everything under /api/v1."""

    def __init__(self, outside: Outside, gate: Gate) -> None:
        self._outside = outside
        self._gate = gate
        self._routes = Routes()
        self._openapi = orjson.dumps(openapi_document())
        self._with_body = BodyLimit(
            _asgi(self._answer),
            max_bytes=REST_BODY_BYTES,
            too_large=_asgi(self._too_large),
            too_late=_asgi(self._too_late),
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        exchange = _Exchange(scope, self._routes)
        scope["state"][_STATE] = exchange
        if exchange.path == _OPENAPI_PATH:
            await self._described(exchange)(scope, receive, send)
            return
        try:
            await self._let_in(exchange, scope)
        except Exception as error:
            await exchange.refused(error)(scope, receive, send)
            return
        await self._with_body(scope, receive, send)

    def _described(self, exchange: "_Exchange") -> Response:
        if exchange.method == "GET":
            return Response(self._openapi, headers=_fields({}))
        response = exchange.refused(MethodNotAllowed("this path answers GET"))
        response.headers["Allow"] = "GET"
        return response

    async def _let_in(self, exchange: "_Exchange", scope: Scope) -> None:
        """Raises what keeps the request out; a good key's budget is spent before anything else."""
        try:
            exchange.caller = await self._caller(exchange.bearer)
        except Unauthenticated:
            exchange.route = self._routes.find(exchange.method, exchange.path)
            raise
        note_caller(exchange.caller.workspace_id, exchange.caller.credential_id)
        exchange.limit = limit = await self._gate.spend(exchange.caller, 1)
        if limit is not None and limit.is_exceeded:
            raise RateLimited(
                f"more than {limit.limit} requests in {limit.window_seconds} seconds; "
                f"the next one is let through in {limit.reset_seconds} s",
                retry_after=limit.reset_seconds,
            )
        exchange.route = self._routes.find(exchange.method, exchange.path)
        row = exchange.route.row
        note_operation(row.name, "rest")
        note_route(scope, f"{PREFIX}{row.path}")
        # Before a body is looked at; every action asks for it as well.
        require(exchange.caller, PEOPLE_AND_KEYS)

    async def _caller(self, bearer: str | None) -> Caller:
        caller = None
        if bearer is not None:
            caller = await self._gate.admit(Credentials(bearer, None, None))
        if caller is None or caller.kind is not CallerKind.API_KEY:
            raise Unauthenticated("send a valid API key as Authorization: Bearer zm_…")
        return caller

    async def _answer(self, request: Request) -> Response:
        exchange: _Exchange = request.scope["state"][_STATE]
        try:
            return await self._carried_out(exchange, request)
        except Exception as error:
            return exchange.refused(error)

    async def _carried_out(self, exchange: "_Exchange", request: Request) -> Response:
        assert exchange.route is not None
        row = exchange.route.row
        body = None
        if row.takes_body:
            if not is_json(request):
                raise UnsupportedMediaType("send the body as Content-Type: application/json")
            body = decode_object(await request.body())
        asked = RestRequest(
            path=exchange.route.path,
            query=_lists(request.query_params.multi_items()),
            field_values=request.headers.getlist,
            body=body,
            now=self._outside.now(),
        )
        context = Context(self._outside, exchange.caller, request_id_of(request.scope))
        answered = await answer(row, asked, context)
        return exchange.answered(answered.status, answered.body, answered.headers)

    async def _too_large(self, request: Request) -> Response:
        exchange: _Exchange = request.scope["state"][_STATE]
        return exchange.refused(BodyTooLarge(f"a body may have {REST_BODY_BYTES:,} bytes"))

    async def _too_late(self, request: Request) -> Response:
        exchange: _Exchange = request.scope["state"][_STATE]
        return exchange.refused(BodyTooLate(f"a body must arrive within {DEADLINE_SECONDS:g} s"))


class _Exchange:
    """One request on its way to its answer."""

    def __init__(self, scope: Scope, routes: Routes) -> None:
        self.method: str = scope["method"]
        self.path: str = scope["path"].removeprefix(PREFIX)
        self.bearer = bearer_in(Headers(scope=scope).getlist("authorization"))
        self.caller: Caller | None = None
        self.limit: RateLimit | None = None
        self.route: Route | None = None
        self._routes = routes
        self._request_id = request_id_of(scope)

    def answered(self, status: int, body: dict[str, Any], headers: Any) -> Response:
        """An answer of JSON."""
        fields = _fields({**rate_limit_fields(self.limit), **headers})
        return Response(orjson.dumps(body), status, fields)

    def refused(self, error: Exception) -> Response:
        """The answer that is an error; what nobody foresaw is masked and logged."""
        told = error if isinstance(error, ZenModeError) else Internal("something went wrong")
        if isinstance(told, Internal):
            _log.error("unforeseen_error", request_id=self._request_id, exc_info=error)
            told = Internal("something went wrong on our side; the request id helps to find it")
        conflict_code = self.route.row.conflict_code if self.route else "conflict"
        status, code = status_and_code(told, conflict_code)
        headers = error_headers(told, status)
        if isinstance(told, MethodNotAllowed):
            headers["Allow"] = ", ".join(self._routes.methods(self.path))
        return self.answered(status, error_body(told, code, self._request_id), headers)


def _fields(headers: dict[str, str]) -> dict[str, str]:
    return {"Content-Type": _JSON, "Cache-Control": "no-store", **headers}


def _lists(pairs: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def _asgi(handler: Any) -> ASGIApp:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        response = await handler(Request(scope, receive))
        await response(scope, receive, send)

    return app
