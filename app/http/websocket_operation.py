"""What is sent back for one operation over a WebSocket."""

from collections.abc import AsyncGenerator
from contextlib import aclosing

from graphql import ExecutionResult, GraphQLError
from starlette.requests import HTTPConnection

from app.domain.caller import Caller
from app.domain.errors import ZenModeError
from app.http.graphql_answer import Answers
from app.http.graphql_door import GraphQLDoor, address_of
from app.http.media_type import JSON
from app.http.request_id import request_id_of
from app.http.websocket_messages import Subscribe
from app.schema.cancellation import cancellation_of_others_is_an_error
from app.schema.document import Refusal
from app.schema.error_format import of_domain

Message = dict[str, object]


async def messages_for(
    wanted: Subscribe, door: GraphQLDoor, handshake: HTTPConnection, caller: Caller
) -> AsyncGenerator[Message, None]:
    """A `next` for every answer, and at the end `complete` or `error`. Raises nothing."""
    answers = Answers(door.reception.errors, request_id_of(handshake.scope), JSON)
    refusal: Refusal | None = None
    try:
        with cancellation_of_others_is_an_error():
            async with aclosing(await _results(wanted, door, handshake, caller)) as results:
                async for result in results:
                    if isinstance(result, Refusal):
                        refusal = result
                        break
                    yield {"id": wanted.id, "type": "next", "payload": answers.body(result)}
    except ZenModeError as error:
        refusal = Refusal([of_domain(error)])
    except Exception as error:
        refusal = Refusal([GraphQLError("", original_error=error)])
    if refusal is None:
        yield {"id": wanted.id, "type": "complete"}
    else:
        yield error_message(wanted.id, refusal, answers)


async def _results(
    wanted: Subscribe, door: GraphQLDoor, handshake: HTTPConnection, caller: Caller
) -> AsyncGenerator[ExecutionResult | Refusal, None]:
    received = await door.reception.receive(caller, wanted.asked, address_of(handshake))
    if isinstance(received.what, Refusal):
        return _only(received.what)
    context = door.context(handshake, caller)
    return door.reception.execution.stream(received.what, wanted.asked.variables, context)


async def _only(refusal: Refusal) -> AsyncGenerator[Refusal, None]:
    yield refusal


def error_message(id: str, refusal: Refusal, answers: Answers) -> Message:
    """The message that ends an operation which could not be carried out."""
    return {"id": id, "type": "error", "payload": answers.body(refusal)["errors"]}
