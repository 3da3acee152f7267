"""The table of a task's fields in docs/api.md says what the description of the input says."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.domain.input.field_kinds import IntegerField, ObjectField
from app.domain.input.fields import fields_of
from app.domain.input.input_field import InputField
from app.domain.tasks.new_task import MAX_MESSAGE_LENGTH, MAX_NOTE_LENGTH, NewTask

_PAGE = (Path(__file__).parents[2] / "docs" / "api.md").read_text()
_SECTION = _PAGE.partition("## Create a task")[2].partition("\n## ")[0]
_ROWS = dict(re.findall(r"^\| `([\w.]+)` \| (.+) \|$", _SECTION, re.MULTILINE))


def body_fields(described_type: type[Any], prefix: str = "") -> Iterator[tuple[str, InputField]]:
    for name, field in fields_of(described_type).items():
        if isinstance(field, ObjectField):
            yield from body_fields(field.fields, f"{prefix}{name}.")
        elif field.is_in_body:
            yield f"{prefix}{name}", field


_FIELDS = dict(body_fields(NewTask))


def test_the_table_has_a_row_for_each_field_and_no_other() -> None:
    assert set(_ROWS) == set(_FIELDS)


@pytest.mark.parametrize("name", _FIELDS)
def test_a_row_says_required_exactly_of_a_required_field(name: str) -> None:
    assert _ROWS[name].startswith("required") == _FIELDS[name].is_required


@pytest.mark.parametrize(
    "name", [name for name, field in _FIELDS.items() if isinstance(field, IntegerField)]
)
def test_a_row_has_the_bounds_and_the_default_of_a_number(name: str) -> None:
    field = _FIELDS[name]
    assert isinstance(field, IntegerField)

    assert f"{field.low} to {field.high}" in _ROWS[name]
    assert _ROWS[name].endswith(f"Default: {field.default}")


def test_the_row_of_the_message_has_its_longest_lengths() -> None:
    row = _ROWS["payload.message"]

    assert f"at most {MAX_MESSAGE_LENGTH:,} characters" in row
    assert f"at most {MAX_NOTE_LENGTH}" in row
