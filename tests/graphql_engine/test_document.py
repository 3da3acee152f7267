"""What becomes of a document's text before any of it runs."""

from typing import Any

import pytest
from graphql import OperationType

from app.domain.errors import BadInput, ZenModeError
from app.graphql_engine.document import Documents, Operation, Refusal
from tests.graphql_engine.toy import SCHEMA


@pytest.fixture
def documents() -> Documents:
    return Documents(SCHEMA._schema)


def refused(read: Operation | Refusal) -> list[str]:
    assert isinstance(read, Refusal)
    return [error.message for error in read.errors]


def details(read: Operation | Refusal) -> list[tuple[list[str | int], str]]:
    assert isinstance(read, Refusal)
    (error,) = read.errors
    assert isinstance(error.original_error, BadInput)
    return [(list(one.path), one.message) for one in error.original_error.details]


ORDER = "mutation ($order: OrderInput!) { place(input: $order) { name } }"
ORDERS = "mutation ($all: [OrderInput!]!) { placeAll(inputs: $all) { name } }"


def test_an_operation_that_may_run_is_ready_to_run(documents: Documents) -> None:
    read = documents.read("query Q($n: Int) { rows(first: $n) { total } }", None, {"n": 2})
    assert isinstance(read, Operation)
    assert (read.type, read.request_count, read.introspects) == (OperationType.QUERY, 1, False)


def test_of_several_operations_the_named_one_is_read(documents: Documents) -> None:
    text = "query A { row { name } } mutation B { touch }"
    read = documents.read(text, "B", {})
    assert isinstance(read, Operation)
    assert read.type is OperationType.MUTATION
    assert refused(documents.read(text, "C", {})) == ["the document has no operation of that name"]
    assert refused(documents.read(text, None, {})) == [
        "the document has several operations: operationName must name one"
    ]


def test_every_mutation_counts_as_a_request(documents: Documents) -> None:
    text = (
        "mutation { touch a: touch a: touch ...more ... { c: touch } } "
        "fragment more on Mutation { b: touch touch }"
    )
    read = documents.read(text, None, {})
    assert isinstance(read, Operation)
    assert read.request_count == 4


def test_introspection_is_noticed_wherever_it_stands(documents: Documents) -> None:
    text = '{ ...f } fragment f on Query { ... { __type(name: "Row") { name } } }'
    read = documents.read(text, None, {})
    assert isinstance(read, Operation)
    assert read.introspects


def test_a_document_that_costs_too_much_is_refused(documents: Documents) -> None:
    text = "query ($n: Int) { rows(first: $n) { nodes { others { name } } } }"
    assert isinstance(documents.read(text, None, {"n": 10}), Operation)
    for _ in range(2):
        assert refused(documents.read(text, None, {"n": 100})) == [
            "the document costs 5,201; at most 5,000 is allowed, which this passes by 201"
        ]
    assert isinstance(documents.read(text, None, {"n": 10}), Operation)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "{ row { nmae } }",
        "{ rows(frist: 1) { total } }",
        "{ row { ...missing } }",
        "{ row { ...a } } fragment a on Row { ...b } fragment b on Row { ...a }",
        "{ " * 300,
        "type Row { name: String }",
        '{ row { name @skip(if: "maybe") } }',
    ],
)
def test_no_refusal_guesses_what_was_meant(documents: Documents, text: str) -> None:
    for message in refused(documents.read(text, None, {})):
        assert "Did you mean" not in message
        assert "maybe" not in message


def test_a_document_may_repeat_a_field_up_to_the_limit_of_tokens(documents: Documents) -> None:
    assert isinstance(documents.read("{" + " __typename" * 1_998 + "}", None, {}), Operation)
    assert refused(documents.read("{" + " __typename" * 1_999 + "}", None, {})) == [
        "the document has 2,001 tokens; at most 2,000 is allowed, which this passes by 1"
    ]


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        ({}, [(["input"], "is required")]),
        ({"order": None}, [(["input"], "must not be null")]),
        ({"order": 5}, [(["input"], "must be an object")]),
        (
            {"order": {"count": "3"}},
            [
                (["input", "kind"], "is required"),
                (["input", "inner"], "is required"),
                (["input", "count"], "must be an integer of at most 32 bits"),
            ],
        ),
        (
            {"order": {"kind": "GREAT", "inner": {"name": 7, "nmae": "x"}, "count": None}},
            [
                (["input", "kind"], "must be one of SMALL, LARGE"),
                (["input", "inner", "name"], "must be a string"),
                (["input", "inner", "nmae"], "is not a known field"),
                (["input", "count"], "must not be null"),
            ],
        ),
        (
            {"order": {"kind": "SMALL", "inner": {"name": "x"}, "when": "soon"}},
            [(["input", "when"], "must be an RFC 3339 time with its offset")],
        ),
        (
            {"order": {"kind": "SMALL", "inner": {"name": "x"}, "tags": ["a", 1]}},
            [(["input", "tags", 1], "must be a string")],
        ),
        (
            {"order": {"kind": "SMALL", "inner": {"name": "x"}, "mood": "odd"}},
            [(["input", "mood"], "must be happy")],
        ),
    ],
)
def test_a_bad_variable_is_named_from_the_argument_down(
    documents: Documents, sent: dict[str, Any], found: list[tuple[list[str | int], str]]
) -> None:
    assert sorted(details(documents.read(ORDER, None, sent)), key=str) == sorted(found, key=str)


def test_a_bad_variable_in_a_list_is_named_by_its_position(documents: Documents) -> None:
    good = {"kind": "SMALL", "inner": {"name": "x"}}
    sent = {"all": [good, {**good, "count": 2**31}]}
    assert details(documents.read(ORDERS, None, sent)) == [
        (["inputs", 1, "count"], "must be an integer of at most 32 bits")
    ]


def test_a_variable_inside_an_object_is_named_by_its_whole_place(documents: Documents) -> None:
    text = (
        "mutation ($n: String!, $all: [String!]) { ...m } fragment m on Mutation "
        "{ place(input: {kind: SMALL, inner: {name: $n}, tags: $all}) { name } }"
    )
    assert details(documents.read(text, None, {"n": 1, "all": [True]})) == [
        (["input", "inner", "name"], "must be a string"),
        (["input", "tags", 0], "must be a string"),
    ]


@pytest.mark.parametrize(
    ("argument", "path", "message"),
    [
        ('{inner: {name: "x"}}', ["input", "kind"], "is required"),
        ('{kind: "SMALL", inner: {name: "x"}}', ["input", "kind"], "must be one of SMALL, LARGE"),
        ("{kind: SMALL, inner: {name: 5551234}}", ["input", "inner", "name"], "must be a string"),
        (
            '{kind: SMALL, inner: {name: "x", y: 1}}',
            ["input", "inner", "y"],
            "is not a known field",
        ),
        ("{kind: SMALL, inner: null}", ["input", "inner"], "must not be null"),
        (
            '{kind: SMALL, inner: {name: "x"}, tags: ["a", 5551234]}',
            ["input", "tags", 1],
            "must be a string",
        ),
        ("5551234", ["input"], "must be an object"),
    ],
)
def test_a_bad_literal_is_named_from_the_argument_down(
    documents: Documents, argument: str, path: list[str | int], message: str
) -> None:
    read = documents.read(f"mutation {{ place(input: {argument}) {{ name }} }}", None, {})
    assert details(read) == [(path, message)]
    assert "5551234" not in refused(read)[0]


def test_what_is_read_twice_is_parsed_once(documents: Documents) -> None:
    text = "{ row { name } }"
    first, second = documents.read(text, None, {}), documents.read(text, None, {})
    assert isinstance(first, Operation)
    assert isinstance(second, Operation)
    assert first.document is second.document


def test_what_is_remembered_has_a_bound(documents: Documents) -> None:
    def read(number: int) -> Operation:
        comment = "#" + str(number).rjust(10_000)
        operation = documents.read("{ row { name } }" + comment, None, {})
        assert isinstance(operation, Operation)
        return operation

    first = read(0)
    assert read(0).document is first.document
    for number in range(20):
        read(number)
    assert read(0).document is not first.document
    assert read(19).document is read(19).document


def test_a_domain_error_in_a_refusal_keeps_its_code(documents: Documents) -> None:
    read = documents.read("{ a b", None, {})
    assert isinstance(read, Refusal)
    assert read.errors[0].original_error is None
    long = documents.read("{" + " a" * 3_000, None, {})
    assert isinstance(long, Refusal)
    assert isinstance(long.errors[0].original_error, ZenModeError)
