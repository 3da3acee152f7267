"""Inputs are read by their descriptions, and every bad field is named at once."""

from enum import StrEnum

import pytest

from app.domain.errors import MAX_DETAILS, BadInput
from app.domain.input.fields import (
    boolean,
    choice,
    choices,
    described,
    ids,
    integer,
    items,
    json_object,
    nested,
    object_id,
    text,
    time,
)
from app.domain.input.input_field import RefusedValueError
from app.domain.input.read_input import read_input


class Colour(StrEnum):
    """Words to choose from."""

    RED = "red"
    BLUE = "blue"


@described
class Inside:
    """An object inside an input."""

    note: str | None = text(max_length=5, default=None)


def _success_problem(report: dict[str, object]) -> None:
    if not report.get("ok", True):
        raise RefusedValueError("must be true", "ok")


@described
class Sample:
    """An input with a field of each kind."""

    id: int = object_id(int)
    name: str = text(max_length=5, normalize=str.strip)
    count: int = integer(low=1, high=9, default=3)
    is_on: bool = boolean(default=False)
    colour: Colour = choice(Colour, default=Colour.RED)
    colours: tuple[Colour, ...] = choices(Colour, noun="a colour", default=())
    people: tuple[str, ...] = ids(max_items=2, default=())
    at: int | None = time(must_be_ahead=True, default=None)
    pairs: tuple[str, ...] = items(make=lambda one: one["a"], max_items=2, noun="pairs", default=())
    report: dict[str, object] | None = json_object(
        max_bytes=20, rule=_success_problem, default=None
    )
    inside: dict[str, object] | None = nested(Inside, is_kept=True, default=None)


GOOD = {"id": 7, "name": "Ada"}


def problems(sent: dict[str, object]) -> dict[str, str]:
    with pytest.raises(BadInput) as refused:
        read_input(Sample, {**GOOD, **sent}, now=0)
    return {one.name: one.message for one in refused.value.details}


def test_what_was_left_out_or_is_null_has_its_default() -> None:
    sample = read_input(Sample, {**GOOD, "count": None})

    assert (sample.name, sample.count, sample.colour, sample.at) == ("Ada", 3, Colour.RED, None)


def test_values_come_in_their_types() -> None:
    sent = {"colours": ["blue"], "people": ["a", "a"], "at": "1970-01-01T00:00:01Z", "name": " A "}
    sample = read_input(Sample, {**GOOD, **sent})

    assert sample.colours == (Colour.BLUE,)
    assert (sample.people, sample.at, sample.name) == (("a",), 1_000, "A")


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"name": None}, "is required"),
        ({"name": ""}, "must not be empty"),
        ({"name": "abcdef"}, "must have at most 5 characters"),
        ({"name": 1}, "must be a string"),
        ({"name": "\x00"}, "must not contain a NUL character"),
        ({"name": "\ud800"}, "must not contain a lone surrogate"),
        ({"count": True}, "must be an integer"),
        ({"count": 1.0}, "must be an integer"),
        ({"count": 10}, "must be between 1 and 9"),
        ({"is_on": 1}, "must be true or false"),
        ({"colour": "green"}, "must be one of red, blue"),
        ({"colours": []}, "must not be empty"),
        ({"colours": ["red", "red"]}, "must not repeat a colour"),
        ({"colours": ["green"]}, "must hold nothing but red, blue"),
        ({"people": ["a", "b", "c"]}, "must hold at most 2 ids"),
        ({"pairs": {"a": "b"}}, "must be a list of pairs"),
        ({"pairs": ["a"]}, "must be a list of pairs"),
        ({"pairs": [{"a": "b"}] * 3}, "must hold at most 2 pairs"),
        ({"report": [1]}, "must be an object"),
        ({"report": {"text": "é" * 10}}, "must have at most 20 bytes as JSON"),
        ({"at": "1970-01-01T00:00:00Z"}, "must lie ahead"),
        ({"at": "tomorrow"}, "must be an RFC 3339 time with its offset"),
        ({"inside": 1}, "must be an object"),
    ],
)
def test_a_bad_value_is_refused_by_its_kind(sent: dict[str, object], message: str) -> None:
    (name,) = sent

    assert problems(sent) == {name: message}


def test_a_rule_may_name_the_bad_part_of_a_value() -> None:
    assert problems({"report": {"ok": False}}) == {"report.ok": "must be true"}


def test_items_are_made_and_an_object_is_kept_as_it_was_sent() -> None:
    sample = read_input(Sample, {**GOOD, "pairs": [{"a": "b"}], "report": {"x": [None]}})

    assert (sample.pairs, sample.report) == (("b",), {"x": [None]})


def test_every_bad_field_is_named_in_the_order_of_the_description() -> None:
    sent: dict[str, object] = {"inside": {"note": 1, "x": 1}, "count": 0, "unknown": 1}

    assert list(problems(sent)) == ["unknown", "count", "inside.x", "inside.note"]


def test_a_body_cannot_name_what_is_taken_from_elsewhere() -> None:
    with pytest.raises(BadInput, match="id is not a known field"):
        read_input(Sample, GOOD, outside_body={"id": 1})


def test_an_object_keeps_the_keys_that_were_sent() -> None:
    sample = read_input(Sample, {**GOOD, "inside": {"note": None}})

    assert sample.inside == {}


def test_reading_ends_when_enough_problems_are_known() -> None:
    sent: dict[str, object] = {f"x{number}": 1 for number in range(1_000)}

    assert len(problems(sent)) == MAX_DETAILS
