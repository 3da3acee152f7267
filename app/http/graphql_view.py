"""GraphQL over HTTP: one operation a request, answered at once or as a stream of events."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from typing import Any

from graphql import ExecutionResult, OperationType
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from app import tracing
from app.domain.caller import Caller
from app.domain.errors import BadInput, Forbidden, Unauthenticated, Unavailable, ZenModeError
from app.http.event_stream import EventStream, transport_for
from app.http.graphql_answer import Answers, Body
from app.http.graphql_door import GraphQLDoor, address_of
from app.http.graphql_request import read_request
from app.http.json_body import is_json
from app.http.media_type import answer_type
from app.http.places import Place, of_address, of_workspace
from app.http.rate_limit_fields import rate_limit_fields
from app.http.refusals import MethodNotAllowed, PersistedQueryNotSupported, status_of
from app.http.request_id import request_id_of
from app.http.vigil import Vigil, ending_with
from app.http.while_connected import while_connected
from app.schema.cancellation import cancellation_of_others_is_an_error
from app.schema.context import SessionCookie
from app.schema.document import Operation, Refusal
from app.schema.error_format import of_domain

Fields = Mapping[str, str]
Results = AsyncGenerator[ExecutionResult | Refusal, None]


class GraphQLView:
    """An ASGI app for one path. A browser that asks for a page is handed to `explorer`."""

    def __init__(self, door: GraphQLDoor, explorer: ASGIApp) -> None:
        self._door = door
        self._explorer = explorer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        app = self._explorer if _wants_page(request) else await self._answer(request)
        await app(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        exchange = _Exchange(self._door, request)
        try:
            with cancellation_of_others_is_an_error():
                return await exchange.answer()
        except ZenModeError as error:
            return exchange.answers.refused(error)
        except Exception as error:
            # What nobody foresaw goes through the one place that masks and logs it.
            return exchange.answers.broken(error)


class _Exchange:
    """One request on its way to its answer."""

    def __init__(self, door: GraphQLDoor, request: Request) -> None:
        self._door = door
        self._request = request
        self._accept = request.headers.get("accept", "")
        self._credentials = door.cookies.credentials(request.headers)
        self._address = address_of(request)
        self.answers = Answers(
            door.reception.errors, request_id_of(request.scope), answer_type(self._accept)
        )

    async def answer(self) -> Response:
        """The answer to anything that was understood; raises ZenModeError for all else."""
        caller = await self._admitted()
        asked = await read_request(self._request)
        if asked.unfit:
            raise BadInput.of(self._door.reception.unfit_arguments(asked))
        received = await self._door.reception.receive(caller, asked, self._address)
        fields = rate_limit_fields(received.limit)
        if received.is_over_budget:
            assert isinstance(received.what, Refusal)
            return self.answers.not_executed(received.what, fields, status=429)
        if isinstance(received.what, Refusal):
            status = status_of(PersistedQueryNotSupported()) if asked.is_persisted else None
            return self._refused(received.what, fields, status)
        return await self._carried_out(received.what, asked.variables, caller, fields)

    async def _admitted(self) -> Caller | None:
        try:
            self._check_way_in()
        except Unauthenticated:
            await self._door.reception.count_stranger(self._address)
            raise
        return await self._door.reception.admit(self._credentials, self._address)

    def _check_way_in(self) -> None:
        """A browser sends cookies for any page: only what no foreign page can send counts."""
        request, credentials = self._request, self._credentials
        if request.method not in ("GET", "POST"):
            raise MethodNotAllowed("send a GET or a POST")
        if credentials.is_cookie:
            is_proven = is_json(request.headers) and self._door.own_origin.sent(request.scope)
            if request.method != "POST" or not is_proven:
                raise Forbidden("a session counts for JSON that a page of ours sends by POST")
        elif request.method == "GET" and credentials.bearer is None:
            raise Unauthenticated("a GET needs a Bearer token")

    def _refused(self, refusal: Refusal, fields: Fields, status: int | None = None) -> Response:
        transport = transport_for(self._accept, None)
        if transport is not None:
            return EventStream(self._bodies(_single(refusal)), transport, fields)
        return self.answers.not_executed(refusal, fields, status)

    async def _carried_out(
        self,
        operation: Operation,
        variables: dict[str, Any],
        caller: Caller | None,
        fields: Fields,
    ) -> Response:
        if self._request.method == "GET" and operation.type is not OperationType.QUERY:
            raise MethodNotAllowed("a GET carries out queries only")
        execution = self._door.reception.execution
        context = self._door.context(self._request, caller)
        transport = transport_for(self._accept, operation.type)
        if transport is not None:
            place = self._place(caller)
            results = self._watched(execution.stream(operation, variables, context), caller)
            return EventStream(self._bodies(results), transport, fields, place)
        if operation.type is OperationType.SUBSCRIPTION:
            return self._refused(Refusal([of_domain(BadInput(_NEEDS_A_STREAM))]), fields)
        with tracing.operation_span(operation.name):
            running = execution.run(operation, variables, context)
            if operation.checks_password:
                running = while_connected(running, self._request.scope, self._request.receive)
            result = await running
        return self.answers.executed(result, {**fields, **self._cookie(context.session_cookie)})

    def _watched(self, results: Results, caller: Caller | None) -> Results:
        if caller is None:
            return results
        vigil = Vigil(self._door.reception.gate, self._credentials, caller)
        return ending_with(results, vigil, self._door.closing, _last_words)

    def _place(self, caller: Caller | None) -> Place:
        streams = self._door.event_streams
        address = self._request.client.host if self._request.client else ""
        place = streams.take(of_workspace(caller.workspace_id) if caller else of_address(address))
        if place is None:
            raise Unavailable(f"{streams.share} event streams are open already; end one")
        return place

    async def _bodies(self, results: Results) -> AsyncGenerator[Body, None]:
        async with aclosing(results) as coming:
            async for result in coming:
                yield self.answers.body(result)

    def _cookie(self, left: SessionCookie) -> Fields:
        if left.token is not None:
            return {"Set-Cookie": self._door.cookies.set(left.token)}
        return {"Set-Cookie": self._door.cookies.clear()} if left.is_cleared else {}


_NEEDS_A_STREAM = "subscriptions are served over WebSocket, server-sent events and multipart"


def _wants_page(request: Request) -> bool:
    accept = request.headers.get("accept", "")
    return request.method == "GET" and "text/html" in accept and "query" not in request.query_params


async def _single(refusal: Refusal) -> Results:
    yield refusal


def _last_words(error: ZenModeError) -> Refusal:
    return Refusal([of_domain(error)])
