"""What documents cost, and that measuring hostile ones costs nothing."""

import time

import pytest
from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    OperationDefinitionNode,
    get_introspection_query,
    parse,
)

from app.domain.errors import BadInput
from app.graphql_engine.document_cost import CostAnalyzer
from app.graphql_engine.document_limits import DocumentSize, check_text
from app.graphql_engine.document_tokens import count_tokens
from tests.graphql_engine.toy import SCHEMA

SCALE = CostAnalyzer(SCHEMA._schema)


def fragments_of(document: DocumentNode) -> dict[str, FragmentDefinitionNode]:
    every = document.definitions
    return {one.name.value: one for one in every if isinstance(one, FragmentDefinitionNode)}


def measured(text: str, variables: dict[str, object] | None = None) -> DocumentSize:
    document = parse(text)
    operation = next(
        one for one in document.definitions if isinstance(one, OperationDefinitionNode)
    )
    return SCALE.measure(operation, fragments_of(document), variables or {})


def doubling(levels: int, body: str) -> str:
    """Fragments that each spread the next one twice."""
    fragments = [
        f"fragment f{i} on Row {{ ...f{i + 1} parent {{ ...f{i + 1} }} }}" for i in range(levels)
    ]
    last = f"fragment f{levels} on Row {{ {body} }}"
    return " ".join(["{ row { ...f0 } }", *fragments, last])


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        ("{ row { name } }", 2),
        ("{ row { name tags } }", 3),
        ("{ row { tries { number } } }", 1 + 1 + 11),
        ("{ row { others { name } } }", 1 + 1 + 50),
        ("{ row { others { tries { number } } } }", 1 + 1 + 50 * (1 + 11)),
        ("{ rows { total } }", 1 + 50),
        ("{ rows(first: 3) { nodes { name } } }", 1 + 3 * 2),
        ("{ rows(first: 3) { edges { cursor node { name } } } }", 1 + 3 * 4),
        ("{ rows(first: 3) { nodes { name } edges { node { name } } } }", 1 + 3 * 5),
        ("{ rows(first: 3) { nodes { tries { number } } } }", 1 + 3 * (1 + 1 + 11)),
        ("{ rows(first: 0) { total } }", 1 + 1),
        ("{ rows(first: -9) { total } }", 1 + 1),
        ("{ ... { row { ... on Row { name } } } }", 2),
        ("{ ...all ...all } fragment all on Query { row { name } }", 4),
        ("{ rows(first: 2) { ...page } } fragment page on RowConnection { nodes { name } }", 5),
        ("{ unknown { field { name } } }", 3),
        ("{ ...missing row { name } }", 2),
    ],
)
def test_fields_are_counted_as_often_as_they_can_be_answered(text: str, cost: int) -> None:
    assert measured(text).cost == cost


@pytest.mark.parametrize(
    ("declared", "sent", "cost"),
    [
        ("$n: Int!", {"n": 7}, 1 + 7),
        ("$n: Int! = 4", {}, 1 + 4),
        ("$n: Int! = 4", {"n": 9}, 1 + 9),
        ("$n: Int", {}, 1 + 50),
        ("$n: Int = 4", {"n": None}, 1 + 50),
        ("$n: Int", {"n": "many"}, 1 + 50),
    ],
)
def test_a_page_size_in_a_variable_counts_as_sent_or_by_default(
    declared: str, sent: dict[str, object], cost: int
) -> None:
    assert measured(f"query ({declared}) {{ rows(first: $n) {{ total }} }}", sent).cost == cost


def test_a_size_varies_only_when_a_page_size_stands_in_a_variable() -> None:
    assert measured(
        "query ($n: Int) { ...p } fragment p on Query { rows(first: $n) { total } }"
    ).varies
    assert not measured("query ($n: Int) { rows(first: 5) { total } row(id: $n) { name } }").varies


def test_aliases_and_directives_count_wherever_they_are_spread() -> None:
    size = measured(
        "query ($x: Boolean! @a) @b { ...r @c one: row { ...r } }"
        " fragment r on Row @d { two: name @e ... @f { name } }"
    )
    assert (size.aliases, size.directives) == (1 + 2, 3 + 2 * 3)


def test_depth_is_that_of_the_deepest_field() -> None:
    assert measured("{ row { name } }").depth == 2
    assert measured("{ ...a } fragment a on Query { row { ... { parent { name } } } }").depth == 3


def test_introspection_is_measured_apart_and_its_lists_are_not_multiplied() -> None:
    size = measured(get_introspection_query() + " query Other { row { name } }")
    assert (size.depth, size.cost) == (0, 0)
    assert 10 < size.introspection_depth <= 20
    assert 100 < size.introspection_cost < 1_000
    size.check()


def test_the_fields_beside_an_introspection_keep_their_own_measure() -> None:
    size = measured("{ __schema { types { name } } rows { total } }")
    assert (size.depth, size.cost) == (2, 51)
    assert (size.introspection_depth, size.introspection_cost) == (3, 3)


@pytest.mark.parametrize(
    ("size", "sentence"),
    [
        (
            DocumentSize(cost=12_001),
            "the document costs 12,001; at most 5,000 is allowed, which this passes by 7,001",
        ),
        (
            DocumentSize(depth=13),
            "the document is 13 levels deep; at most 12 is allowed, which this passes by 1",
        ),
        (
            DocumentSize(aliases=31),
            "the document has 31 aliases; at most 30 is allowed, which this passes by 1",
        ),
        (
            DocumentSize(directives=40),
            "the document has 40 directives; at most 20 is allowed, which this passes by 20",
        ),
        (
            DocumentSize(introspection_depth=25),
            "the document introspects 25 levels; at most 20 is allowed, which this passes by 5",
        ),
    ],
)
def test_a_refusal_names_the_limit_and_the_excess(size: DocumentSize, sentence: str) -> None:
    with pytest.raises(BadInput) as refusal:
        size.check()
    assert refusal.value.message == sentence


def test_what_is_just_within_the_limits_passes() -> None:
    DocumentSize(12, 20, 30, 20, 5_000, 5_000).check()
    check_text("{" + " a" * 1_998 + "}")
    with pytest.raises(BadInput, match="2,001 tokens"):
        check_text("{" + " a" * 1_999 + "}")


@pytest.mark.parametrize("body", ["name", "tries { number }", "name ...f0"])
def test_fragments_that_spread_each_other_twice_are_measured_at_once(body: str) -> None:
    began = time.perf_counter()
    size = measured(doubling(30, body))
    assert time.perf_counter() - began < 0.5
    assert size.cost > 2**30
    with pytest.raises(BadInput):
        size.check()


def test_the_largest_document_is_measured_at_once() -> None:
    text = doubling(124, "name ...f0 ...f1")
    assert count_tokens(text) <= 2_000
    document = parse(text)
    began = time.perf_counter()
    SCALE.measure(document.definitions[0], fragments_of(document), {})  # type: ignore[arg-type]
    assert time.perf_counter() - began < 0.5
