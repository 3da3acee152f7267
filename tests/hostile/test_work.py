"""What a stranger sends is work up to a limit, and no further: counted, not timed."""

from collections.abc import Callable
from typing import Any

import pytest

from app.domain.errors import BadInput
from app.domain.input.strict_json import decode_object
from app.graphql_engine.document import Documents, Refusal
from app.graphql_engine.error_format import ErrorFormat
from app.schema import schema
from tests.hostile.work import calls_of
from tests.hostile.worst import BODY_BYTES, Asked, of_strangers

MOST_CALLS = 250_000
"""About 50 ms of a process, of which reading JSON takes most where there are many."""

_ERRORS = ErrorFormat(schema._schema)


def _reading(asked: Asked) -> Callable[[], Any]:
    """From the body to what is said of it, in a process that knows no document yet."""
    documents = Documents(schema._schema)

    def read() -> Any:
        sent: Any = decode_object(asked.body)
        found = documents.read(sent["query"], None, sent["variables"])
        if isinstance(found, Refusal):
            return _ERRORS.every(found.errors, "req_1")
        return []

    return read


@pytest.mark.parametrize("asked", of_strangers(), ids=lambda one: one.name)
def test_a_stranger_s_operation_is_read_within_a_limit(asked: Asked) -> None:
    assert len(asked.body) <= BODY_BYTES
    assert calls_of(_reading(asked)) < MOST_CALLS


@pytest.mark.parametrize("asked", of_strangers(), ids=lambda one: one.name)
def test_what_is_said_of_it_is_short_and_repeats_nothing(asked: Asked) -> None:
    errors = _reading(asked)()
    assert len(errors) <= 21
    for error in errors:
        assert len(error["message"]) <= 500
        assert len(error["extensions"].get("details", ())) <= 100
        assert error["extensions"]["code"] != "INTERNAL"
        assert "Did you mean" not in error["message"]


@pytest.mark.parametrize("name", ["i", "input"])
def test_looking_for_wrong_values_ends_with_the_last_that_is_reported(name: str) -> None:
    text = (
        f"mutation(${name}: CreateTaskInput!) {{ createTask(input: ${name}) {{ task {{ id }} }} }}"
    )
    documents = Documents(schema._schema)
    counts = []
    for size in (1_000, 20_000):
        variables: dict[str, Any] = {name: {f"f{number}": 1 for number in range(size)}}
        documents.read(text, None, variables)
        counts.append(calls_of(lambda sent=variables: documents.read(text, None, sent)))  # type: ignore[misc]
    assert counts[0] == counts[1]


def test_a_list_is_looked_at_up_to_what_a_list_may_hold() -> None:
    text = "mutation($i: [CreateTaskInput!]!) { createTasks(inputs: $i) { tasks { id } } }"
    documents = Documents(schema._schema)
    counts = []
    for size in (1_001, 100_000):
        variables: dict[str, Any] = {"i": [1] * size}
        documents.read(text, None, variables)
        counts.append(calls_of(lambda sent=variables: documents.read(text, None, sent)))  # type: ignore[misc]
    assert counts[0] == counts[1]


def test_equal_selections_are_compared_once() -> None:
    counts = []
    for times in (100, 400):
        text = "{" + "viewer { __typename }" * times + "}"
        counts.append(calls_of(lambda sent=text: Documents(schema._schema).read(sent, None, {})))  # type: ignore[misc]
    assert counts[1] < counts[0] * 5


def test_json_in_a_document_is_refused_as_in_a_body() -> None:
    for value in ("1e999", "9" * 30, "[" * 101 + "]" * 101, '{a: "\\u0000"}'):
        text = (
            'mutation { completeTask(input: {taskId: "t", leaseToken: "t", '
            f"result: {value}}}) {{ task {{ id }} }} }}"
        )
        refused = Documents(schema._schema).read(text, None, {})
        assert isinstance(refused, Refusal), value
        (error,) = refused.errors
        assert isinstance(error.original_error, BadInput)
        assert [one.path for one in error.original_error.details] == [("input", "result")]
