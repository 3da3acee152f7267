"""A resolver learns the same of its field and its operation with and without a plan."""

from collections.abc import AsyncGenerator
from typing import Any

import orjson
import pytest
import strawberry
from graphql import ExecutionResult, GraphQLResolveInfo, print_ast
from graphql.language import Node
from graphql.pyutils import Path
from strawberry.schema.config import StrawberryConfig

from app.graphql_engine.document import Documents, Operation
from app.graphql_engine.execution import Execution
from app.graphql_engine.plans.store import PlanStore

_PARTS = [
    name
    for name in dir(strawberry.Info)
    # Only Strawberry's own execution sets the extensions of a request.
    if not name.startswith("_") and name not in ("get_argument_definition", "input_extensions")
]


def _shown(value: Any) -> Any:
    if isinstance(value, Path):
        return value.as_list(), [one.typename for one in _links(value)]
    if isinstance(value, Node):
        return print_ast(value)
    if isinstance(value, list | tuple):
        return [_shown(one) for one in value]
    if isinstance(value, dict):
        return {name: _shown(one) for name, one in value.items()}
    return type(value).__name__ if callable(value) or "object at" in repr(value) else repr(value)


def _links(path: Path | None) -> list[Path]:
    return [] if path is None else [*_links(path.prev), path]


def _all_of(info: strawberry.Info) -> str:
    """Every part of `info`, Strawberry's and graphql-core's, as text."""
    own = {name: _shown(getattr(info, name)) for name in _PARTS}
    raw = {name: _shown(getattr(info._raw_info, name)) for name in GraphQLResolveInfo._fields}
    definition = info.get_argument_definition("times")
    return repr((own, raw, definition and definition.python_name))


@strawberry.type
class Leaf:
    name: str = "leaf"

    @strawberry.field
    def seen(self, info: strawberry.Info, times: int = 1) -> str:
        return _all_of(info)

    @strawberry.field
    async def seen_later(self, info: strawberry.Info) -> str:
        return _all_of(info)


@strawberry.type
class Branch:
    leaves: list[Leaf]
    first: Leaf
    nested: list[list[Leaf | None]]

    @strawberry.field
    def grown(self, info: strawberry.Info) -> list[Leaf]:
        return [Leaf(name=_all_of(info)), Leaf()]


def _branch() -> Branch:
    return Branch(leaves=[Leaf(), Leaf()], first=Leaf(), nested=[[Leaf(), None], [], [Leaf()]])


@strawberry.type
class Query:
    @strawberry.field
    def seen(self, info: strawberry.Info, times: int = 1) -> str:
        return _all_of(info)

    @strawberry.field
    async def seen_later(self, info: strawberry.Info) -> str:
        return _all_of(info)

    @strawberry.field
    def branch(self) -> Branch:
        return _branch()

    @strawberry.field
    def either(self, is_leaf: bool = True) -> Leaf | Branch:
        return Leaf() if is_leaf else _branch()


@strawberry.type
class Mutation:
    @strawberry.mutation
    def seen(self, info: strawberry.Info, times: int = 1) -> str:
        info.context["calls"] = info.context.get("calls", 0) + 1
        return _all_of(info)


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def leaves(self, info: strawberry.Info, times: int = 2) -> AsyncGenerator[Leaf, None]:
        for _ in range(times):
            yield Leaf(name=_all_of(info))


SCHEMA = strawberry.Schema(Query, Mutation, Subscription)

_DOCUMENTS: list[tuple[str, dict[str, Any]]] = [
    ("{ seen }", {}),
    ("query Named($n: Int = 3, $other: Int) { a: seen(times: $n) b: seen(times: $other) }", {}),
    ("query Named($n: Int = 3) { a: seen(times: $n) seenLater }", {"n": 5}),
    ("{ branch { leaves { seen seenLater } first { one: seen(times: 2) } } }", {}),
    ("{ branch { nested { seen } ...B } } fragment B on Branch { grown { name seen } }", {}),
    ("{ branch { grown { seen } } ...Q } fragment Q on Query { branch { grown { name } } }", {}),
    ("{ either { ... on Leaf { seen } ... on Branch { first { seen } } } }", {}),
    ("query($l: Boolean!) { either(isLeaf: $l) { ... on Branch { leaves { seen } } } }",
     {"l": False}),
    ("mutation Do { seen(times: 4) }", {}),
]  # fmt: skip


def _read(text: str, variables: dict[str, Any]) -> Operation:
    operation = Documents(SCHEMA._schema).read(text, None, variables)
    assert isinstance(operation, Operation), operation
    return operation


@pytest.mark.parametrize(("text", "variables"), _DOCUMENTS)
async def test_a_resolver_reads_the_same_info_the_first_time_and_afterwards(
    text: str, variables: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    execution, operation = Execution(SCHEMA), _read(text, variables)
    contexts: list[dict[str, object]] = [{}, {}, {}]
    first = await execution.run(operation, variables, contexts[0])
    # From now on there is a plan, and graphql-core is not asked.
    monkeypatch.setattr(Execution, "_executed", None)
    later = [await execution.run(operation, variables, one) for one in contexts[1:]]
    assert first.errors is None
    assert later == [first, first]
    assert contexts[1:] == contexts[:1] * 2


@pytest.mark.parametrize("selected", ["name", "name seen"])
async def test_a_subscription_reads_the_same_info_with_and_without_a_plan(
    selected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f"subscription($n: Int) {{ leaves(times: $n) {{ {selected} }} }}"
    planned = await _events(_read(text, {"n": 2}), {"n": 2})
    monkeypatch.setattr(PlanStore, "find", lambda *_, **__: None)
    assert await _events(_read(text, {"n": 2}), {"n": 2}) == planned
    assert len(planned) == 2


async def _events(operation: Operation, variables: dict[str, Any]) -> list[object]:
    found: list[object] = []
    async for one in Execution(SCHEMA).stream(operation, variables, {}):
        assert isinstance(one, ExecutionResult), one.errors[0].original_error
        found.append(orjson.loads(orjson.dumps([one.data, one.errors])))
    return found


async def test_an_attribute_that_does_not_exist_is_missed_in_the_same_words() -> None:
    @strawberry.type
    class Asking:
        @strawberry.field
        def missing(self, info: strawberry.Info) -> str:
            try:
                return str(info._raw_info.no_such_part)  # type: ignore[attr-defined]
            except AttributeError as error:
                return str(error)

    schema = strawberry.Schema(Asking)
    execution = Execution(schema)
    operation = Documents(schema._schema).read("{ missing }", None, {})
    assert isinstance(operation, Operation)
    first, second = [await execution.run(operation, {}, None) for _ in range(2)]
    assert first == second


async def test_a_schema_with_a_default_resolver_of_its_own_is_answered_by_it() -> None:
    @strawberry.type
    class Row:
        name: str

    @strawberry.type
    class Reading:
        @strawberry.field
        def row(self) -> Row:
            return Row(name="kept")

    def loudly(source: object, name: str) -> object:
        return str(getattr(source, name)).upper()

    schema = strawberry.Schema(Reading, config=StrawberryConfig(default_resolver=loudly))
    execution = Execution(schema)
    operation = Documents(schema._schema).read("{ row { name } }", None, {})
    assert isinstance(operation, Operation)
    results = [await execution.run(operation, {}, None) for _ in range(2)]
    assert [one.data for one in results] == [{"row": {"name": "KEPT"}}] * 2
