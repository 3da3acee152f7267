"""A small schema for what stands below every schema."""

from enum import Enum
from typing import Any, NewType

import strawberry
from strawberry.schema.config import StrawberryConfig

from app.domain.errors import BadInput
from app.domain.times import ms_from_rfc3339
from app.graphql_engine.field_rules import list_length

Time = NewType("Time", str)
Mood = NewType("Mood", str)


def _parse_time(value: Any) -> str:
    ms_from_rfc3339(value)
    return str(value)


def _parse_mood(value: Any) -> str:
    if value != "happy":
        raise BadInput("must be happy")
    return "happy"


@strawberry.enum
class Kind(Enum):
    SMALL = "small"
    LARGE = "large"


@strawberry.type
class Try:
    number: int


@strawberry.type
class Row:
    name: str
    tags: list[str]
    tries: list[Try] = strawberry.field(metadata=list_length(11))
    others: list["Row"]
    parent: "Row"


@strawberry.type
class RowEdge:
    cursor: str
    node: Row


@strawberry.type
class RowConnection:
    nodes: list[Row]
    edges: list[RowEdge]
    total: int


@strawberry.input
class InnerInput:
    name: str


@strawberry.input
class OrderInput:
    kind: Kind
    inner: InnerInput
    count: int = 0
    when: Time | None = strawberry.UNSET
    mood: Mood | None = strawberry.UNSET
    tags: list[str] | None = strawberry.UNSET


@strawberry.type
class Query:
    @strawberry.field
    def row(self) -> Row:
        raise NotImplementedError

    @strawberry.field
    def rows(self, first: int = 50) -> RowConnection:
        raise NotImplementedError


@strawberry.type
class Mutation:
    @strawberry.mutation
    def touch(self) -> bool:
        return True

    @strawberry.mutation
    def place(self, input: OrderInput) -> Row:
        raise NotImplementedError

    @strawberry.mutation
    def place_all(self, inputs: list[OrderInput]) -> list[Row]:
        raise NotImplementedError


SCHEMA = strawberry.Schema(
    Query,
    Mutation,
    config=StrawberryConfig(
        scalar_map={
            Time: strawberry.scalar(name="DateTime", parse_value=_parse_time),
            Mood: strawberry.scalar(name="Mood", parse_value=_parse_mood),
        }
    ),
)
