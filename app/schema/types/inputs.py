"""GraphQL's input types, generated from the descriptions of inputs, and read back by them."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Final, TypeVar

import strawberry

from app.domain.access.caller import require
from app.domain.errors import BadInput
from app.domain.input.field_kinds import (
    BooleanField,
    ChoiceField,
    ChoicesField,
    IdsField,
    IntegerField,
    JsonObjectField,
    ObjectField,
    ObjectIdField,
    ObjectsField,
    TextField,
    TimeField,
)
from app.domain.input.fields import fields_of
from app.domain.input.input_field import LEFT_OUT, InputField
from app.domain.input.read_input import read_input
from app.schema.context import GraphQLInfo
from app.schema.types.scalars import JsonValue, TimeText

Input = TypeVar("Input")
GraphQLInput = TypeVar("GraphQLInput")

_SCALARS: Final[dict[type[InputField], Any]] = {
    TimeField: TimeText,
    IntegerField: int,
    BooleanField: bool,
    IdsField: list[strawberry.ID],
    JsonObjectField: JsonValue,
}
_input_types: Final[dict[type[Any], Any]] = {}


def input_of(
    described_type: type[Any], description: str
) -> Callable[[type[GraphQLInput]], type[GraphQLInput]]:
    """Makes a class the GraphQL input type of a described input.

    Fields that the class declares itself come first; a default that it sets itself is kept.
    """

    def make(input_type: type[GraphQLInput]) -> type[GraphQLInput]:
        for name, field in fields_of(described_type).items():
            if name in input_type.__annotations__:
                continue
            input_type.__annotations__[name] = _type_of(field)
            if not field.is_required and name not in vars(input_type):
                setattr(input_type, name, _default_of(field))
        made = strawberry.input(input_type, description=description)
        # Plans hand a value of this type to the resolver as it is.
        made.validated_type = described_type  # type: ignore[attr-defined]
        _input_types[described_type] = made
        return made

    return make


def _type_of(field: InputField) -> Any:
    kind = _present_type_of(field)
    is_nullable = field.default is None or field.default is LEFT_OUT
    return kind | None if is_nullable else kind


def _present_type_of(field: InputField) -> Any:
    if isinstance(field, TextField):
        return strawberry.ID if field.is_id else str
    if isinstance(field, ObjectIdField):
        return strawberry.ID if field.kind is str else field.kind
    if isinstance(field, ChoiceField):
        return field.words
    if isinstance(field, ChoicesField):
        return list[field.words]  # type: ignore[name-defined]
    if isinstance(field, ObjectField):
        return _input_types[field.fields]
    if isinstance(field, ObjectsField):
        items: Any = _input_types[field.fields]
        return list[items]
    return _SCALARS[type(field)]


def _default_of(field: InputField) -> Any:
    if field.default is None or field.default is LEFT_OUT:
        return strawberry.UNSET
    if isinstance(field.default, tuple):
        return strawberry.field(default_factory=lambda: list(field.default))
    return field.default


def validated(info: GraphQLInfo, described_type: type[Input], sent: Any) -> Input:
    """Returns a sent GraphQL input, or one that REST has validated already, as an action takes it.

    Raises BadInput that names every bad field; before that, what refuses the caller: callers who
    may not send the input learn nothing about its rules.
    """
    if isinstance(sent, described_type):
        return sent
    if isinstance(sent, BadInput):
        raise sent
    context = info.context
    senders = getattr(described_type, "senders", None)
    if senders is not None:
        require(context.caller, senders)
    return read_input(described_type, raw_of(sent, described_type), now=context.services.now())


def raw_of(sent: Any, described_type: type[Any]) -> dict[str, Any]:
    """Returns the described fields that were sent, by their names.

    Nulls are left out, but for fields that null clears.
    """
    return {
        name: _plain(value)
        for name, field in fields_of(described_type).items()
        if (value := getattr(sent, name)) is not strawberry.UNSET
        and (value is not None or field.default is LEFT_OUT)
    }


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if (described_type := getattr(value, "validated_type", None)) is not None:
        return raw_of(value, described_type)
    return _object_of(value) if is_dataclass(value) else value


def _object_of(value: Any) -> dict[str, Any]:
    return {
        name: sent
        for name in _names_of(value.__class__)
        if (sent := getattr(value, name)) is not None and sent is not strawberry.UNSET
    }


@cache
def _names_of(input_type: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(input_type))
