"""What all fields of inputs have in common."""

import pytest

from app.domain.input.field_kinds import TextField
from app.domain.input.input_field import LEFT_OUT, InputField, RefusedValueError


def test_a_field_without_a_default_is_required() -> None:
    assert InputField().is_required
    assert not InputField(default=None).is_required
    assert not InputField(default=LEFT_OUT).is_required


def test_its_own_rule_refuses_with_a_sentence() -> None:
    field = TextField(max_length=9, rule=lambda text: "must not be x" if text == "x" else None)
    assert field.read("y", 0) == "y"
    with pytest.raises(RefusedValueError, match="must not be x"):
        field.read("x", 0)


def test_a_refusal_may_lead_inside_the_value() -> None:
    assert RefusedValueError("must be true", "success").inside == ("success",)
