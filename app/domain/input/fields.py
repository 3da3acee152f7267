"""The description of an input: its fields, each with kind, bounds, default and rule, in one place.

An input is a frozen dataclass, made by `@described`, whose fields are made by the functions below.
`read_input` validates by it, and by its method `problems`, if it has one: what is wrong with the
fields together; GraphQL's input types, OpenAPI's request schemas and the documentation
are generated from it.
"""

import dataclasses
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeVar, dataclass_transform

from app.domain.input.field_kinds import (
    BooleanField,
    ChoiceField,
    ChoicesField,
    IdsField,
    IntegerField,
    ItemsField,
    JsonObjectField,
    ObjectField,
    ObjectIdField,
    ObjectsField,
    TextField,
    TimeField,
)
from app.domain.input.input_field import InputField

_KEY: Final = "input"
_Described = TypeVar("_Described")


def fields_of(described_type: type[Any]) -> dict[str, InputField]:
    """Returns the description of an input: its fields by their snake_case names, in order."""
    if (found := _FIELDS.get(described_type)) is None:
        found = {one.name: one.metadata[_KEY] for one in dataclasses.fields(described_type)}
        _FIELDS[described_type] = found
    return found


_FIELDS: Final[dict[type[Any], dict[str, InputField]]] = {}


def _field(described_field: InputField) -> Any:
    metadata = {_KEY: described_field}
    if described_field.is_required:
        return dataclasses.field(metadata=metadata)
    return dataclasses.field(default=described_field.default, metadata=metadata)


def text(description: str = "", **more: Any) -> Any:
    """Describes a string; `more` as TextField has it."""
    return _field(TextField(description=description, **more))


def identifier(description: str = "", **more: Any) -> Any:
    """Describes the id of an object, of at most 200 characters."""
    return _field(TextField(**{"description": description, "max_length": 200, **more}, is_id=True))


def object_id(kind: type[str] | type[int]) -> Any:
    """Describes the id of the object to change, which REST takes from the path."""
    return _field(ObjectIdField(kind=kind, is_in_body=False))


def time(description: str = "", **more: Any) -> Any:
    """Describes a point in time; `more` as TimeField has it."""
    return _field(TimeField(description=description, **more))


def integer(description: str = "", **more: Any) -> Any:
    """Describes an integer; `more` as IntegerField has it."""
    return _field(IntegerField(description=description, **more))


def boolean(description: str = "", **more: Any) -> Any:
    """Describes a boolean."""
    return _field(BooleanField(description=description, **more))


def choice(words: type[StrEnum], description: str = "", **more: Any) -> Any:
    """Describes one word of an enum."""
    return _field(ChoiceField(words=words, description=description, **more))


def choices(words: type[StrEnum], description: str = "", **more: Any) -> Any:
    """Describes several words of an enum; `more` as ChoicesField has it."""
    return _field(ChoicesField(words=words, description=description, **more))


def ids(description: str = "", **more: Any) -> Any:
    """Describes a list of ids; `more` as IdsField has it."""
    return _field(IdsField(description=description, **more))


def items(description: str = "", **more: Any) -> Any:
    """Describes a list of objects; `more` as ItemsField has it."""
    return _field(ItemsField(description=description, **more))


def json_object(description: str = "", **more: Any) -> Any:
    """Describes a JSON object of any content; `more` as JsonObjectField has it."""
    return _field(JsonObjectField(description=description, **more))


def nested(fields: type[Any], description: str = "", **more: Any) -> Any:
    """Describes an object inside an input."""
    return _field(ObjectField(fields=fields, description=description, **more))


def nested_list(fields: type[Any], description: str = "", **more: Any) -> Any:
    """Describes a list of objects inside an input; `more` as ObjectsField has it."""
    return _field(ObjectsField(fields=fields, description=description, **more))


@dataclass_transform(
    kw_only_default=True,
    frozen_default=True,
    field_specifiers=(
        text,
        identifier,
        object_id,
        time,
        integer,
        boolean,
        choice,
        choices,
        ids,
        items,
        json_object,
        nested,
        nested_list,
    ),
)
def described(described_type: type[_Described]) -> type[_Described]:
    """Makes an input: a frozen dataclass that is built by keywords."""
    return dataclass(frozen=True, slots=True, kw_only=True)(described_type)
