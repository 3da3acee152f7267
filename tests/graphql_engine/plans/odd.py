"""A schema in which whatever can go wrong goes wrong somewhere."""

import asyncio
from collections.abc import AsyncGenerator
from enum import Enum
from typing import Any, cast

import strawberry

from app.domain.errors import BadInput, NotFound, Unavailable
from app.graphql_engine.lazy_batch import LazyBatch
from app.schema.types.scalars import CONFIG, JsonText, JsonValue, Milliseconds, TimeText


@strawberry.enum
class Kind(Enum):
    SMALL = "small"
    LARGE = "large"


@strawberry.interface
class Named:
    name: str


@strawberry.type
class Leaf(Named):
    number: int
    share: float = 0.5
    is_green: bool = True
    kind: Kind = Kind.SMALL
    at: Milliseconds = Milliseconds(1_700_000_000_123)
    data: JsonText = JsonText('{"b":[1,2],"a":null}')
    maybe: str | None = None

    @strawberry.field
    def doubled(self) -> int:
        return self.number * 2

    @strawberry.field
    async def slow(self, info: strawberry.Info, times: int = 2) -> str:
        await asyncio.sleep(0)
        return f"{self.name} {info.context} " * times

    @strawberry.field
    async def broken(self) -> str:
        raise NotFound(f"nothing at {self.name}")

    @strawberry.field
    def perhaps(self) -> str | None:
        raise BadInput("not today")


@strawberry.type
class Branch(Named):
    leaves: list[Leaf]
    shared: strawberry.Private[LazyBatch[str]]
    gaps: list[Leaf | None]
    first: Leaf | None = None
    named: Named | None = None

    @strawberry.field
    async def asked(self) -> str:
        return await self.shared.get()

    @strawberry.field
    async def asked_too(self) -> str:
        return f"{await self.shared.get()} too"

    @strawberry.field
    async def refused(self) -> list[Leaf]:
        raise NotFound("not for you")

    @strawberry.field
    async def refused_late(self) -> str:
        for _ in range(20):
            await asyncio.sleep(0)
        raise BadInput("late")

    @strawberry.field
    def refused_at_once(self) -> str:
        raise BadInput("at once")

    @strawberry.field
    async def grown(self) -> list[Leaf]:
        return [leaf("grown", 1), leaf("grown too", 2)]


def leaf(name: Any = "leaf", number: Any = 1, **fields: Any) -> Leaf:
    return Leaf(name=name, number=number, **fields)


async def _ask_slowly() -> str:
    for _ in range(10):
        await asyncio.sleep(0)
    return "answered"


async def _ask_in_vain() -> str:
    await asyncio.sleep(0)
    raise Unavailable("the database is out of reach")


def branch(**fields: Any) -> Branch:
    given = {
        "name": "branch",
        "leaves": [leaf(), leaf("second", 2)],
        "gaps": [leaf(), None],
        "shared": LazyBatch(_ask_slowly),
    }
    return Branch(**(given | fields))


@strawberry.input
class Inner:
    word: str
    words: list[str] | None = None


@strawberry.input
class Order:
    kind: Kind
    inner: Inner | None = strawberry.UNSET
    count: int = 3
    when: TimeText | None = strawberry.UNSET
    extra: JsonValue | None = strawberry.UNSET


WRONG: dict[str, Any] = {
    "a null where none may be": leaf(name=None),
    "a number for a text": leaf(name=5),
    "an int too large": leaf(number=2**40),
    "a bool for an int": leaf(number=True),
    "no number": leaf(number="seven"),
    "an unknown kind": leaf(kind="medium"),
    "a value of a kind": leaf(kind="large"),
    "a text that is no bool": leaf(is_green="yes"),
    "a time that is none": leaf(at="yesterday"),
    "an exception as a value": leaf(name=ValueError("kept back")),
    "another type": branch(),
    "nothing": None,
    "an exception": ValueError("kept back"),
}


@strawberry.type
class Query:
    @strawberry.field
    def branch(self) -> Branch:
        return branch(first=leaf(), named=branch(name="twig"))

    @strawberry.field
    async def late_branch(self) -> Branch | None:
        for _ in range(5):
            await asyncio.sleep(0)
        return branch(first=leaf())

    @strawberry.field
    async def branch_in_the_dark(self) -> Branch | None:
        return branch(shared=LazyBatch(_ask_in_vain))

    @strawberry.field
    async def maybe_branch(self) -> Branch | None:
        return None

    @strawberry.field
    def holes(self) -> Branch:
        return branch(leaves=[leaf(), cast("Leaf", None)], gaps=[leaf(number=None), None])

    @strawberry.field
    def tuple_of_leaves(self) -> list[Leaf]:
        return cast("list[Leaf]", (leaf(), leaf()))

    @strawberry.field
    def wrong(self, way: str) -> Leaf | None:
        return cast("Leaf", WRONG[way])

    @strawberry.field
    def wrong_for_good(self, way: str) -> Leaf:
        return cast("Leaf", WRONG[way])

    @strawberry.field
    async def missing(self) -> Leaf | None:
        raise NotFound("nothing here")

    @strawberry.field
    async def missing_late(self) -> Leaf:
        for _ in range(20):
            await asyncio.sleep(0)
        raise BadInput("late")

    @strawberry.field
    def missing_at_once(self) -> Leaf:
        raise BadInput("at once")

    @strawberry.field
    async def missing_for_good(self) -> Leaf:
        raise NotFound("nothing here")

    @strawberry.field
    def named(self, is_branch: bool = False) -> Named:
        return branch(name="a branch") if is_branch else leaf("a leaf")

    @strawberry.field
    def echo(
        self,
        order: Order | None = None,
        kinds: list[Kind] | None = None,
        id: strawberry.ID | None = None,
        count: int = 7,
        ratio: float | None = None,
        is_loud: bool | None = None,
    ) -> str:
        return repr((order, kinds, id, count, ratio, is_loud))

    @strawberry.field
    def must(self, order: Order, id: strawberry.ID) -> str:
        return repr((order, id))


@strawberry.type
class Mutation:
    @strawberry.mutation
    def change(self, info: strawberry.Info, word: str) -> str:
        info.context.append(word)
        if word == "fail":
            raise BadInput("no")
        return word

    @strawberry.mutation
    def change_or_null(self, info: strawberry.Info, word: str) -> str | None:
        info.context.append(word)
        raise BadInput("no")

    @strawberry.mutation
    def grow(self, info: strawberry.Info) -> Leaf:
        info.context.append("grow")
        return leaf(name=None)


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def leaves(self, count: int = 2) -> AsyncGenerator[Leaf, None]:
        for number in range(count):
            yield leaf(number=number)
        yield leaf(name=None)
        yield leaf("last")

    @strawberry.subscription
    async def named(self, id: strawberry.ID | None = None) -> AsyncGenerator[Leaf, None]:
        yield leaf(name=f"{id!r}")

    @strawberry.subscription
    async def breaking(self) -> AsyncGenerator[Leaf, None]:
        yield leaf()
        raise NotFound("gone")


schema = strawberry.Schema(
    query=Query, mutation=Mutation, subscription=Subscription, config=CONFIG, types=[Leaf, Branch]
)
