"""Descriptions of inputs."""

from dataclasses import FrozenInstanceError

import pytest

from app.domain.input.fields import described, fields_of, identifier, integer, object_id, text


@described
class Sample:
    """An input."""

    id: str = object_id(str)
    owner: str = identifier("Its owner.")
    name: str = text("Its name.", max_length=5)
    count: int = integer("How many.", low=1, high=9, default=3)


def test_a_description_has_the_fields_in_their_order() -> None:
    assert list(fields_of(Sample)) == ["id", "owner", "name", "count"]
    assert [field.description for field in fields_of(Sample).values()][2:] == [
        "Its name.",
        "How many.",
    ]


def test_a_field_without_a_default_is_required() -> None:
    required = [name for name, field in fields_of(Sample).items() if field.is_required]
    assert required == ["id", "owner", "name"]
    assert Sample(id="1", owner="2", name="3").count == 3
    with pytest.raises(TypeError):
        Sample(id="1", owner="2")  # type: ignore[call-arg]


def test_only_the_id_of_the_object_to_change_comes_from_outside_the_body() -> None:
    outside = [name for name, field in fields_of(Sample).items() if not field.is_in_body]
    assert outside == ["id"]


def test_an_input_cannot_be_changed() -> None:
    sample = Sample(id="1", owner="2", name="3")
    with pytest.raises(FrozenInstanceError):
        sample.name = "4"  # type: ignore[misc]
