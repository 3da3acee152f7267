"""GraphQL over HTTP: one operation a request, answered at once or as a stream of events."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from typing import Any

from graphql import ExecutionResult, OperationType
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from app import tracing
from app.domain.access.caller import Caller
from app.domain.error_codes import row_of
from app.domain.errors import (
    BadInput,
    Forbidden,
    MethodNotAllowed,
    PersistedQueryNotSupported,
    Unauthenticated,
    Unavailable,
    ZenModeError,
)
from app.graphql_engine.cancellation import cancellation_of_others_is_an_error
from app.graphql_engine.document import Operation, Refusal
from app.graphql_engine.error_format import to_graphql_error
from app.http.auth.connection_slots import ConnectionSlot, of_address, of_workspace
from app.http.auth.credential_monitor import CredentialMonitor, until_revoked_or_closed
from app.http.auth.rate_limit_headers import rate_limit_headers
from app.http.graphql.dependencies import GraphQLDependencies, address_of
from app.http.graphql.event_stream import EventStream, transport_for
from app.http.graphql.graphql_request import read_request
from app.http.graphql.media_type import response_media_type
from app.http.graphql.response_builder import Body, ResponseBuilder
from app.http.json_body import is_json
from app.http.middleware.request_id import request_id_of
from app.http.server.while_connected import while_connected
from app.schema.context import SessionCookie

Validator = Mapping[str, str]
Results = AsyncGenerator[ExecutionResult | Refusal, None]


class GraphQLView:
    """An ASGI app for one path. A browser that asks for a page is handed to `explorer`."""

    def __init__(self, dependencies: GraphQLDependencies, explorer: ASGIApp) -> None:
        self._dependencies = dependencies
        self._explorer = explorer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        app = self._explorer if _wants_page(request) else await self._answer(request)
        await app(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        exchange = _Exchange(self._dependencies, request)
        try:
            with cancellation_of_others_is_an_error():
                return await exchange.answer()
        except ZenModeError as error:
            return exchange.responses.refused(error)
        except Exception as error:
            # Unexpected errors are masked and logged in one place.
            return exchange.responses.broken(error)


class _Exchange:
    """One request on its way to its answer."""

    def __init__(self, dependencies: GraphQLDependencies, request: Request) -> None:
        self._dependencies = dependencies
        self._request = request
        self._accept = request.headers.get("accept", "")
        self._credentials = dependencies.cookies.credentials(request.headers)
        self._address = address_of(request)
        self.responses = ResponseBuilder(
            dependencies.preparer.errors,
            request_id_of(request.scope),
            response_media_type(self._accept),
        )

    async def answer(self) -> Response:
        """The answer to anything that was understood; raises ZenModeError for all else."""
        caller = await self._admitted()
        asked = await read_request(self._request)
        if asked.unfit:
            raise BadInput.of(self._dependencies.preparer.unfit_arguments(asked))
        received = await self._dependencies.preparer.receive(caller, asked, self._address)
        headers = rate_limit_headers(received.limit)
        if received.is_over_budget:
            assert isinstance(received.what, Refusal)
            return self.responses.not_executed(received.what, headers, status=429)
        if isinstance(received.what, Refusal):
            status = row_of(PersistedQueryNotSupported()).status if asked.is_persisted else None
            return self._refused(received.what, headers, status)
        return await self._carried_out(received.what, asked.variables, caller, headers)

    async def _admitted(self) -> Caller | None:
        try:
            self._check_way_in()
        except Unauthenticated:
            await self._dependencies.preparer.count_anonymous(self._address)
            raise
        return await self._dependencies.preparer.authenticate(self._credentials, self._address)

    def _check_way_in(self) -> None:
        """A browser sends cookies for any page: only what no foreign page can send counts."""
        request, credentials = self._request, self._credentials
        if request.method not in ("GET", "POST"):
            raise MethodNotAllowed("send a GET or a POST")
        if credentials.is_cookie:
            is_proven = is_json(request.headers) and self._dependencies.own_origin.sent(
                request.scope
            )
            if request.method != "POST" or not is_proven:
                raise Forbidden("a session counts for JSON that a page of ours sends by POST")
        elif request.method == "GET" and credentials.bearer is None:
            raise Unauthenticated("a GET needs a Bearer token")

    def _refused(self, refusal: Refusal, headers: Validator, status: int | None = None) -> Response:
        transport = transport_for(self._accept, None)
        if transport is not None:
            return EventStream(self._bodies(_single(refusal)), transport, headers)
        return self.responses.not_executed(refusal, headers, status)

    async def _carried_out(
        self,
        operation: Operation,
        variables: dict[str, Any],
        caller: Caller | None,
        headers: Validator,
    ) -> Response:
        if self._request.method == "GET" and operation.type is not OperationType.QUERY:
            raise MethodNotAllowed("a GET carries out queries only")
        execution = self._dependencies.preparer.execution
        context = self._dependencies.context(self._request, caller)
        transport = transport_for(self._accept, operation.type)
        if transport is not None:
            slot = self._slot(caller)
            results = self._watched(execution.stream(operation, variables, context), caller)
            return EventStream(self._bodies(results), transport, headers, slot)
        if operation.type is OperationType.SUBSCRIPTION:
            return self._refused(Refusal([to_graphql_error(BadInput(_NEEDS_A_STREAM))]), headers)
        with tracing.operation_span(operation.name):
            running = execution.run(operation, variables, context)
            if operation.checks_password:
                running = while_connected(running, self._request.scope, self._request.receive)
            result = await running
        return self.responses.executed(result, {**headers, **self._cookie(context.session_cookie)})

    def _watched(self, results: Results, caller: Caller | None) -> Results:
        if caller is None:
            return results
        monitor = CredentialMonitor(
            self._dependencies.preparer.access_control, self._credentials, caller
        )
        return until_revoked_or_closed(results, monitor, self._dependencies.closing, _final_refusal)

    def _slot(self, caller: Caller | None) -> ConnectionSlot:
        streams = self._dependencies.event_streams
        address = self._request.client.host if self._request.client else ""
        slot = streams.acquire(of_workspace(caller.workspace_id) if caller else of_address(address))
        if slot is None:
            raise Unavailable(f"{streams.share} event streams are open already; end one")
        return slot

    async def _bodies(self, results: Results) -> AsyncGenerator[Body, None]:
        async with aclosing(results) as coming:
            async for result in coming:
                yield self.responses.body(result)

    def _cookie(self, left: SessionCookie) -> Validator:
        if left.token is not None:
            return {"Set-Cookie": self._dependencies.cookies.set(left.token)}
        return {"Set-Cookie": self._dependencies.cookies.clear()} if left.is_cleared else {}


_NEEDS_A_STREAM = "subscriptions are served over WebSocket, server-sent events and multipart"


def _wants_page(request: Request) -> bool:
    accept = request.headers.get("accept", "")
    return request.method == "GET" and "text/html" in accept and "query" not in request.query_params


async def _single(refusal: Refusal) -> Results:
    yield refusal


def _final_refusal(error: ZenModeError) -> Refusal:
    return Refusal([to_graphql_error(error)])
