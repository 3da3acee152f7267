"""Reads an untrusted object by the description of an input, and names every bad field at once."""

from collections.abc import Mapping
from typing import Any, TypeVar

from app.domain.errors import MAX_DETAILS, BadInput, FieldError
from app.domain.input.field_kinds import ObjectField, ObjectsField
from app.domain.input.fields import fields_of
from app.domain.input.input_field import LEFT_OUT, RefusedValueError
from app.domain.input.text import printable

Input = TypeVar("Input")


def read_input(
    described_type: type[Input],
    sent: Mapping[str, object],
    *,
    now: int = 0,
    outside_body: Mapping[str, object] | None = None,
) -> Input:
    """Returns the input. `sent` has snake_case names; what is null counts as left out.

    `now` is in milliseconds. A transport that has a body gives in `outside_body` what it takes
    from elsewhere, so that the body cannot name it. Raises BadInput that names every bad field.
    """
    reading = _Reading(now)
    values = reading.read_object(described_type, sent, outside_body=outside_body)
    if reading.problems:
        raise BadInput.of(reading.problems)
    made: Input = reading.make(described_type, values)
    if reading.problems:
        raise BadInput.of(reading.problems)
    return made


class _Reading:
    """Reads one input. Ends with BadInput as soon as MAX_DETAILS problems are noted."""

    def __init__(self, now: int) -> None:
        self.problems: list[FieldError] = []
        self._now = now

    def read_object(
        self,
        described_type: type[Any],
        sent: Mapping[str, object],
        path: tuple[str | int, ...] = (),
        around: Mapping[str, Any] | None = None,
        outside_body: Mapping[str, object] | None = None,
    ) -> dict[str, Any]:
        """Returns the typed values of the fields that are good."""
        fields = fields_of(described_type)
        self._refuse_unknown(described_type, sent, path, has_body=outside_body is not None)
        values: dict[str, Any] = {}
        for name, field in fields.items():
            source = sent if field.is_in_body or outside_body is None else outside_body
            if field.chosen_by is not None:
                field = field.chosen_by(around or {})
            value = source.get(name)
            if value is None:
                if field.default is LEFT_OUT and name in source:
                    values[name] = None
                elif field.is_required:
                    self._note((*path, name), "is required")
                else:
                    values[name] = field.default
            elif isinstance(field, ObjectField):
                values[name] = self._nested(field, value, (*path, name), values)
            elif isinstance(field, ObjectsField):
                values[name] = self._nested_list(field, value, (*path, name))
            else:
                try:
                    values[name] = field.read(value, self._now)
                except RefusedValueError as refusal:
                    self._note((*path, name, *refusal.inside), str(refusal))
        return values

    def _nested(
        self,
        field: ObjectField,
        value: Any,
        path: tuple[str | int, ...],
        around: Mapping[str, Any],
    ) -> Any:
        if not isinstance(value, Mapping):
            self._note(path, "must be an object")
            return None
        before = len(self.problems)
        values = self.read_object(field.fields, value, path, around)
        if field.is_kept:
            return {name: one for name, one in value.items() if one is not None}
        return self.make(field.fields, values, path) if len(self.problems) == before else None

    def _nested_list(
        self, field: ObjectsField, value: Any, path: tuple[str | int, ...]
    ) -> tuple[Any, ...]:
        if not isinstance(value, list):
            self._note(path, "must be a list")
            return ()
        if problem := field.count_problem(len(value)):
            self._note(path, problem)
            return ()
        one_of = ObjectField(fields=field.fields)
        return tuple(
            self._nested(one_of, one, (*path, position), {}) for position, one in enumerate(value)
        )

    def make(
        self, described_type: type[Any], values: Mapping[str, Any], path: tuple[str | int, ...] = ()
    ) -> Any:
        """Returns the input of good values; notes what is wrong with the fields together."""
        made = described_type(**values)
        for bad in made.problems() if hasattr(made, "problems") else ():
            self._note((*path, *bad.path), bad.message)
        return made

    def _refuse_unknown(
        self,
        described_type: type[Any],
        sent: Mapping[str, object],
        path: tuple[str | int, ...],
        *,
        has_body: bool,
    ) -> None:
        fields = fields_of(described_type)
        for name in sent:
            if name not in fields or (has_body and not fields[name].is_in_body):
                known = ", ".join(one for one, field in fields.items() if field.is_in_body)
                self._note((*path, printable(name)), f"is not a known field (known: {known})")

    def _note(self, path: tuple[str | int, ...], message: str) -> None:
        self.problems.append(FieldError(path, message))
        if len(self.problems) >= MAX_DETAILS:
            raise BadInput.of(self.problems)
