"""The messages that clients send in `graphql-transport-ws`, read strictly."""

from dataclasses import dataclass
from typing import TypeAlias

from app.domain.errors import BadInput
from app.domain.input.strict_json import decode_object
from app.http.graphql.graphql_request import GraphQLRequest, parameters


@dataclass(frozen=True, slots=True)
class ConnectionInit:
    """The client introduces itself."""

    payload: dict[str, object]


@dataclass(frozen=True, slots=True)
class Ping:
    """The client wants to know whether we are there."""


@dataclass(frozen=True, slots=True)
class Pong:
    """The client is there."""


@dataclass(frozen=True, slots=True)
class Subscribe:
    """The client asks for an operation, and names it."""

    id: str
    asked: GraphQLRequest


@dataclass(frozen=True, slots=True)
class Complete:
    """The client has seen enough of an operation."""

    id: str


ClientMessage: TypeAlias = ConnectionInit | Ping | Pong | Subscribe | Complete


def read_message(text: str) -> ClientMessage:
    """The message in a frame. Raises BadInput with a sentence for the close frame."""
    message = decode_object(text, "the message")
    match message.get("type"):
        case "connection_init":
            return ConnectionInit(_payload_of(message) or {})
        case "ping":
            _payload_of(message)
            return Ping()
        case "pong":
            _payload_of(message)
            return Pong()
        case "subscribe":
            return Subscribe(_id_of(message), parameters(_payload_of(message) or {}))
        case "complete":
            # It has no payload; clients send all sorts.
            return Complete(_id_of(message))
        case _:
            raise BadInput("the message is of no known type")


def _payload_of(message: dict[str, object]) -> dict[str, object] | None:
    payload = message.get("payload")
    if payload is not None and not isinstance(payload, dict):
        raise BadInput("the payload must be an object")
    return payload


def _id_of(message: dict[str, object]) -> str:
    found = message.get("id")
    if not isinstance(found, str) or not found:
        raise BadInput("the id must be a string that is not empty")
    return found
