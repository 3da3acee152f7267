"""A plan answers what graphql-core answers: data, order, errors and all."""

from collections.abc import Mapping
from typing import Any

import orjson
import pytest
from graphql import ExecutionResult

from app.graphql_engine.document import Documents, Operation, Refusal
from app.graphql_engine.error_format import ErrorFormat
from app.graphql_engine.execution import Execution
from app.graphql_engine.plans.plan import Plan
from app.graphql_engine.plans.store import PlanStore
from tests.graphql_engine.plans.odd import WRONG, schema

_LEAF = "name number share isGreen kind at data maybe __typename"
_EXTRA = "echo(order: {kind: LARGE, extra: "

PLANNED: list[tuple[str, dict[str, Any]]] = [
    ("{ branch { name } }", {}),
    ("{ branch { __typename a: name b: name name } }", {}),
    ("{ branch { value: name call: name refuse: name lambda: name None: name value0: name } }", {}),
    ("{ branch { leaves { call: number value: kind value1: __typename call2: at } } }", {}),
    (f"{{ branch {{ leaves {{ {_LEAF} }} gaps {{ {_LEAF} }} first {{ {_LEAF} }} }} }}", {}),
    ("{ branch { leaves { number } leaves { name } ...B } } fragment B on Branch "
     "{ name leaves { kind ...L } ...B2 } fragment B2 on Branch { first { name } } "
     "fragment L on Leaf { doubled }", {}),
    ("{ branch { named { name ... on Branch { leaves { name } } ... on Leaf { number } } } }", {}),
    ("{ named { __typename name ... on Leaf { number } } }", {}),
    ("{ named(isBranch: true) { __typename ... on Named { name } ... on Leaf { number } } }", {}),
    ("query($yes: Boolean!) { named(isBranch: $yes) { ...N } } fragment N on Named { name }",
     {"yes": True}),
    ("{ branch { name @skip(if: true) leaves @include(if: true) { name } } }", {}),
    ("{ branch { name @skip(if: true) } }", {}),
    ("query($no: Boolean!) { branch { name leaves @include(if: $no) { name } } }", {"no": False}),
    ("query($no: Boolean = false) { branch { name ... @skip(if: $no) { first { name } } } }", {}),
    ("query($no: Boolean = false) { branch { name ...F @skip(if: $no) } } "
     "fragment F on Branch { first { name } }", {"no": True}),
    ("{ branch { leaves { doubled slow name } grown { slow(times: 1) } } }", {}),
    ("query($n: Int!) { branch { leaves { slow(times: $n) } } }", {"n": 1}),
    ("{ maybeBranch { name } }", {}),
    ("{ a: branch { name } b: maybeBranch { name } branch { first { number } } }", {}),
    ("{ echo }", {}),
    ('{ echo(order: {kind: LARGE}, kinds: [SMALL, LARGE], id: "7", count: 1, isLoud: false) }', {}),
    ('{ echo(order: {kind: SMALL, inner: {word: "a", words: ["b"]}, count: 9, '
     'when: "2026-01-01T00:00:00Z", extra: {x: [1, "y", null, true]}}) }', {}),
    ("query($o: Order, $k: [Kind!], $i: ID) { echo(order: $o, kinds: $k, id: $i) }",
     {"o": {"kind": "LARGE", "inner": None}, "k": [], "i": None}),
    ("query($o: Order, $k: [Kind!], $i: ID) { echo(order: $o, kinds: $k, id: $i) }", {}),
    ("query($w: String!, $c: Int = 4) { echo(order: {kind: LARGE, inner: {word: $w}, count: $c}) }",
     {"w": "x"}),
    ("query($w: [String!]) { echo(order: {kind: LARGE, inner: {word: \"a\", words: $w}}) }", {}),
    ("query($c: Int! = 5) { echo(count: $c) }", {}),
    ("query($o: Order!, $i: ID!) { must(order: $o, id: $i) }", {"o": {"kind": "SMALL"}, "i": "1"}),
    *((f"{{ {_EXTRA}{one}}}) }}", {}) for one in [
        "{a: 1, b: -2.5e3, c: [true, null, WORD, \"t\"], d: {e: {}}}", "1.0", "-0", "-0.0",
        "9223372036854775807", "[]", "null", "true", "\"\"\"block\n  text\"\"\"", "WORD",
    ]),
    (f"query($x: JSON = {{a: [1, 2.0, W]}}) {{ {_EXTRA}$x}}) }}", {}),
    ("{ missing { name } }", {}),
    ("{ missingForGood { name } }", {}),
    ("{ branch { name } missing { name } }", {}),
    ("{ branch { name } missingForGood { name } }", {}),
    ("{ holes { name leaves { name } gaps { number } } }", {}),
    ("{ holes { gaps { number } } }", {}),
    ("{ tupleOfLeaves { name } }", {}),
    ("{ branch { leaves { name broken } } }", {}),
    ("{ branch { leaves { name perhaps slow } } }", {}),
    ("{ branch { gaps { name broken } first { broken } } }", {}),
    *((f"query($w: String!) {{ wrong(way: $w) {{ {_LEAF} }} }}", {"w": way}) for way in WRONG),
    *((f"query($w: String!) {{ wrongForGood(way: $w) {{ {_LEAF} }} }}", {"w": way})
      for way in WRONG),
    ("{ lateBranch { asked refused { name } } }", {}),
    ("{ branch { asked askedToo refused { name } } }", {}),
    ("{ lateBranch { refusedLate refused { name } asked refusedAtOnce } }", {}),
    ("{ lateBranch { refusedLate refused { name } leaves { perhaps broken } } }", {}),
    ("{ lateBranch { leaves { perhaps } gaps { perhaps broken } refusedLate } }", {}),
    ("{ lateBranch { gaps { perhaps broken perhaps2: perhaps } first { broken perhaps } } }", {}),
    ("{ branchInTheDark { asked askedToo } }", {}),
    ("{ branchInTheDark { leaves { slow } asked refused { name } askedToo } }", {}),
    ("{ missingLate { name } missingForGood { name } }", {}),
    ("{ missingForGood { name } missingLate { name } }", {}),
    ("{ missing { name } missingLate { name } missingForGood { name } }", {}),
    ("{ missingLate { name } missingForGood { name } missingAtOnce { name } }", {}),
    ("{ lateBranch { refusedLate } missingForGood { name } }", {}),
    ("{ branch { gaps { broken } } lateBranch { refusedLate refused { name } } missing { name } }",
     {}),
    ("{ branch { leaves { slow(times: -1) broken } grown { perhaps } } missing { name } }", {}),
]  # fmt: skip

LEFT_ALONE: list[tuple[str, dict[str, Any]]] = [
    (f"query($x: Kind) {{ {_EXTRA}{{kind: $x}}}}) }}", {"x": "LARGE"}),
    (f"query($x: Int) {{ {_EXTRA}{{n: $x}}}}) }}", {"x": 1.0}),
    (f"query($x: Int) {{ {_EXTRA}{{n: $x, a: [$x, {{b: $x}}]}}}}) }}", {}),
    (f"query($x: Int = 5) {{ {_EXTRA}{{n: $x}}}}) }}", {}),
    (f"query($x: Order) {{ {_EXTRA}[$x]}}) }}", {"x": {"kind": "LARGE"}}),
    (f"query($x: [Kind]) {{ {_EXTRA}[$x]}}) }}", {"x": "LARGE"}),
    (f"query($x: JSON) {{ {_EXTRA}[[[$x]]]}}) }}", {"x": {"a": [None, 2**63 - 1, 1e308]}}),
    (
        f"query($x: JSON) {{ {_EXTRA}{'[' * 60}$x{']' * 60}}}) }}",
        {"x": orjson.loads("[" * 60 + "]" * 60)},
    ),
    ("query($i: ID) { echo(id: $i) }", {"i": 5}),
    ("{ echo(id: 5) }", {}),
    ("query($k: [Kind!]) { echo(kinds: $k) }", {"k": "SMALL"}),
    ("query($r: Float) { echo(ratio: $r) }", {"r": 3}),
    ("query($o: Order) { echo(order: $o) }", {"o": {"kind": "LARGE", "inner": {"word": "x"}}}),
    ("{ __schema { queryType { name } } }", {}),
    ('{ branch { name } __type(name: "Leaf") { name } }', {}),
]


class _Ways:
    """One operation, by its plan and without."""

    def __init__(self, text: str, variables: dict[str, Any]) -> None:
        self._variables = variables
        self._execution = Execution(schema)
        self._errors = ErrorFormat(schema._schema)
        self.unplanned = self._read(Documents(schema._schema), text)
        documents = Documents(schema._schema)
        self.planned = self._read(documents, text)
        # The first time there is no plan yet.
        self.planned.plans.find(schema, variables)

    def _read(self, documents: Documents, text: str) -> Operation:
        read = documents.read(text, None, self._variables)
        assert isinstance(read, Operation), read
        return read

    @property
    def plan(self) -> Plan | None:
        return self.planned.plans.find(schema, self._variables)

    async def answers(self, context: Any = "here", other_context: Any = "here") -> list[bytes]:
        return [
            self._body(await self._execution.run(operation, self._variables, seen))
            for operation, seen in ((self.planned, context), (self.unplanned, other_context))
        ]

    async def events(self, operation: Operation) -> list[bytes]:
        found = self._execution.stream(operation, self._variables, "here")
        return [self._body(one) async for one in found]

    def _body(self, result: ExecutionResult | Refusal) -> bytes:
        data = result.data if isinstance(result, ExecutionResult) else "refused"
        errors = self._errors.every(result.errors or [], "req_1")
        return orjson.dumps([data, errors])


@pytest.mark.parametrize(("text", "variables"), PLANNED)
async def test_a_planned_query_is_answered_as_without_a_plan(
    text: str, variables: dict[str, Any]
) -> None:
    ways = _Ways(text, variables)
    assert ways.plan is not None
    planned, unplanned = await ways.answers()
    assert planned == unplanned


@pytest.mark.parametrize(("text", "variables"), LEFT_ALONE)
async def test_what_is_not_for_a_plan_is_answered_without_one(
    text: str, variables: dict[str, Any]
) -> None:
    planned, unplanned = await _Ways(text, variables).answers()
    assert planned == unplanned


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ('mutation { change(word: "a") }', ["a"]),
        ('mutation { change(word: "fail") }', ["fail"]),
        ('mutation { changeOrNull(word: "a") }', ["a"]),
        ("mutation { grow { name } }", ["grow"]),
        ('mutation { a: change(word: "a") b: change(word: "b") }', ["a", "b"]),
        ('mutation { a: change(word: "fail") b: change(word: "b") }', ["fail"]),
        ('mutation { a: changeOrNull(word: "a") b: change(word: "b") }', ["a", "b"]),
    ],
)
async def test_a_mutation_is_carried_out_once_whatever_becomes_of_its_answer(
    text: str, changes: list[str]
) -> None:
    by_plan: list[str] = []
    without: list[str] = []
    planned, unplanned = await _Ways(text, {}).answers(by_plan, without)
    assert planned == unplanned
    assert by_plan == without == changes


@pytest.mark.parametrize(
    ("text", "variables"),
    [
        ("subscription { leaves { name number slow } }", {}),
        ("subscription($n: Int!) { leaves(count: $n) { number } }", {"n": 3}),
        ("subscription { breaking { name } }", {}),
    ],
)
async def test_a_subscription_tells_the_same_with_and_without_a_plan(
    text: str, variables: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    ways = _Ways(text, variables)
    assert ways.plan is not None
    planned = await ways.events(ways.planned)
    # A subscription has its plan at once, unless it is kept from it.
    monkeypatch.setattr(PlanStore, "find", lambda *_, **__: None)
    assert planned == await ways.events(ways.unplanned)


@pytest.mark.parametrize(
    ("text", "variables"),
    [
        ("subscription($i: ID) { named(id: $i) { name } }", {"i": 5}),
        ("subscription { named(id: 5) { name } }", {}),
    ],
)
async def test_a_subscription_that_is_not_for_a_plan_is_answered_without_one(
    text: str, variables: dict[str, Any]
) -> None:
    ways = _Ways(text, variables)
    events = await ways.events(ways.planned)
    assert len(events) == 1
    data, errors = orjson.loads(events[0])
    assert data["named"]
    assert not errors


def test_an_operation_gets_its_plan_when_it_comes_again() -> None:
    documents = Documents(schema._schema)
    text = "{ branch { name } }"
    assert _plan(documents, text, {}) is None
    plan = _plan(documents, text, {})
    assert plan is not None
    assert _plan(documents, text, {}) is plan


def test_each_set_of_conditions_has_a_plan_of_its_own() -> None:
    documents = Documents(schema._schema)
    text = "query($a: Boolean!) { branch { name @include(if: $a) first { name } } }"
    for wanted in (True, False):
        _plan(documents, text, {"a": wanted})
    plans = {_plan(documents, text, {"a": wanted}) for wanted in (True, False)}
    assert len(plans) == 2
    assert None not in plans


def test_conditions_of_ever_new_kinds_do_not_fill_the_memory() -> None:
    documents = Documents(schema._schema)
    fields = " ".join(f"f{one}: name @include(if: $v{one})" for one in range(4))
    variables = ", ".join(f"$v{one}: Boolean!" for one in range(4))
    text = f"query({variables}) {{ branch {{ __typename {fields} }} }}"
    sets = [{f"v{one}": bool(number >> one & 1) for one in range(4)} for number in range(16)]
    for _ in range(2):
        plans = [_plan(documents, text, wanted) for wanted in sets]
    assert sum(plan is not None for plan in plans) == 8


def _plan(documents: Documents, text: str, variables: Mapping[str, Any]) -> Plan | None:
    read = documents.read(text, None, variables)
    assert isinstance(read, Operation)
    return read.plans.find(schema, variables)


@pytest.mark.parametrize(
    ("text", "variables", "stored"),
    [
        ("query($x: Kind) {{ {}{{kind: $x}}}}) }}", {"x": "LARGE"}, {"kind": "large"}),
        ("query($x: Int) {{ {}{{n: $x, a: [$x, {{b: $x}}]}}}}) }}", {}, {"a": [None, {}]}),
        ("query($x: Int) {{ {}{{n: $x}}}}) }}", {"x": 1.0}, {"n": 1}),
        ("query($x: Order) {{ {}{{n: $x}}}}) }}", {"x": {"kind": "SMALL"}},
         {"n": {"kind": "small", "count": 3}}),
    ],
)  # fmt: skip
async def test_json_holds_the_coerced_variables_with_and_without_a_plan(
    text: str, variables: dict[str, Any], stored: object
) -> None:
    for answer in await _Ways(text.format(_EXTRA), variables).answers():
        assert f"extra={stored}".replace('"', "'") in orjson.loads(answer)[0]["echo"]


async def test_json_that_is_wrong_with_its_variables_is_refused_by_its_place() -> None:
    deep = orjson.loads("[" * 60 + "]" * 60)
    text = f"query($x: JSON) {{ {_EXTRA}{'[' * 60}$x{']' * 60}}}) }}"
    for answer in await _Ways(text, {"x": deep}).answers():
        (error,) = orjson.loads(answer)[1]
        assert error["extensions"] == {
            "code": "BAD_USER_INPUT",
            "details": [
                {"path": ["order", "extra"], "message": "is nested deeper than 100 levels"}
            ],
            "docUrl": "/docs/errors#BAD_USER_INPUT",
        }
