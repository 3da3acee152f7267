"""The kinds of fields that more than one input has, at their bounds."""

import pytest

from app.domain.input.field_kinds import ForbiddenField, IntegerField, TimeField, canonical_json
from app.domain.input.input_field import RefusedValueError
from app.domain.times import MS_PER_YEAR, iso_from_ms


def test_an_integer_is_accepted_at_its_bounds_and_refused_beyond() -> None:
    field = IntegerField(low=-1, high=1)
    assert [field.read(value, 0) for value in (-1, 0, 1)] == [-1, 0, 1]
    for value in (-2, 2, True, 1.0, "1"):
        with pytest.raises(RefusedValueError):
            field.read(value, 0)


def test_a_time_may_be_bound_to_the_coming_year() -> None:
    field = TimeField(must_be_ahead=True, is_within_a_year=True)
    assert field.read(iso_from_ms(1), 0) == 1
    assert field.read(iso_from_ms(MS_PER_YEAR), 0) == MS_PER_YEAR
    for at in (0, MS_PER_YEAR + 1):
        with pytest.raises(RefusedValueError):
            field.read(iso_from_ms(at), 0)


def test_a_rule_refuses_what_its_kind_accepts() -> None:
    field = IntegerField(rule=lambda value: "must be even" if value % 2 else None)
    assert field.read(2, 0) == 2
    with pytest.raises(RefusedValueError, match="must be even"):
        field.read(3, 0)


def test_a_forbidden_field_refuses_every_value() -> None:
    with pytest.raises(RefusedValueError, match="belongs elsewhere"):
        ForbiddenField(message="belongs elsewhere").read("x", 0)


def test_equal_values_have_one_text_as_json() -> None:
    assert canonical_json({"b": 1, "a": "é"}) == canonical_json({"a": "é", "b": 1})
    assert canonical_json({"a": "é"}) == '{"a":"é"}'
    with pytest.raises(ValueError, match="JSON compliant"):
        canonical_json(float("nan"))
