"""JSON in a document obeys the rules for JSON in a body."""

from typing import Any

import pytest
from graphql import parse_value

from app.domain.errors import BadInput
from app.domain.input.strict_json import MAX_DEPTH, decode_object
from app.graphql_engine.json_literals import json_of_literal

_DEEP = "[" * (MAX_DEPTH - 1) + "{}" + "]" * (MAX_DEPTH - 1)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("1e999", "holds a number that is too large"),
        ("-1e999", "holds a number that is too large"),
        ("{a: [{b: 1e400}]}", "holds a number that is too large"),
        ("9223372036854775808", "holds an integer beyond 64 bits"),
        ("[-9223372036854775809]", "holds an integer beyond 64 bits"),
        ("{n: 123456789012345678901234567890}", "holds an integer beyond 64 bits"),
        ("9" * 100_000, "holds an integer beyond 64 bits"),
        (f"[{_DEEP}]", "is nested deeper than 100 levels"),
        (r'{a: "\u0000"}', None),
    ],
)
def test_what_a_body_may_not_hold_a_literal_may_not_either(text: str, complaint: str) -> None:
    with pytest.raises(BadInput) as refused:
        json_of_literal(parse_value(text))
    assert complaint is None or refused.value.message == complaint


@pytest.mark.parametrize(
    "text",
    ["1", "-0.5", "1e308", "9223372036854775807", '"t"', "true", "null", "[1, [2]]", _DEEP],
)
def test_what_a_body_may_hold_is_the_same_in_a_literal(text: str) -> None:
    if text == _DEEP:
        assert json_of_literal(parse_value(text))
        return
    assert decode_object(f'{{"a": {text}}}')["a"] == json_of_literal(parse_value(text))


def test_a_variable_that_was_left_out_leaves_its_field_out_and_its_item_null() -> None:
    node: Any = parse_value("{a: $x, b: [$x, {c: $x}], d: $y}")
    assert json_of_literal(node, {"y": 1}) == {"b": [None, {}], "d": 1}
