"""What is sent back for one operation over a WebSocket."""

from collections.abc import AsyncGenerator
from contextlib import aclosing

from graphql import ExecutionResult, GraphQLError
from starlette.requests import HTTPConnection

from app.domain.access.caller import Caller
from app.domain.errors import ZenModeError
from app.graphql_engine.cancellation import cancellation_of_others_is_an_error
from app.graphql_engine.document import Refusal
from app.graphql_engine.error_format import to_graphql_error
from app.http.graphql.dependencies import GraphQLDependencies, address_of
from app.http.graphql.media_type import JSON
from app.http.graphql.response_builder import ResponseBuilder
from app.http.middleware.request_id import request_id_of
from app.http.websocket.websocket_messages import Subscribe

Message = dict[str, object]


async def messages_for(
    wanted: Subscribe, dependencies: GraphQLDependencies, handshake: HTTPConnection, caller: Caller
) -> AsyncGenerator[Message, None]:
    """A `next` for every answer, and at the end `complete` or `error`. Raises nothing."""
    responses = ResponseBuilder(dependencies.preparer.errors, request_id_of(handshake.scope), JSON)
    refusal: Refusal | None = None
    try:
        with cancellation_of_others_is_an_error():
            async with aclosing(await _results(wanted, dependencies, handshake, caller)) as results:
                async for result in results:
                    if isinstance(result, Refusal):
                        refusal = result
                        break
                    yield {"id": wanted.id, "type": "next", "payload": responses.body(result)}
    except ZenModeError as error:
        refusal = Refusal([to_graphql_error(error)])
    except Exception as error:
        refusal = Refusal([GraphQLError("", original_error=error)])
    if refusal is None:
        yield {"id": wanted.id, "type": "complete"}
    else:
        yield error_message(wanted.id, refusal, responses)


async def _results(
    wanted: Subscribe, dependencies: GraphQLDependencies, handshake: HTTPConnection, caller: Caller
) -> AsyncGenerator[ExecutionResult | Refusal, None]:
    received = await dependencies.preparer.receive(caller, wanted.asked, address_of(handshake))
    if isinstance(received.what, Refusal):
        return _only(received.what)
    context = dependencies.context(handshake, caller)
    return dependencies.preparer.execution.stream(received.what, wanted.asked.variables, context)


async def _only(refusal: Refusal) -> AsyncGenerator[Refusal, None]:
    yield refusal


def error_message(id: str, refusal: Refusal, responses: ResponseBuilder) -> Message:
    """The message that ends an operation which could not be carried out."""
    return {"id": id, "type": "error", "payload": responses.body(refusal)["errors"]}
