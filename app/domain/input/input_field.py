"""What all fields of inputs have in common."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

REQUIRED: Final = object()
"""The default of a field that has none."""


class LeftOut(Enum):
    """The type of LEFT_OUT, so that types can name it."""

    LEFT_OUT = "left out"


LEFT_OUT: Final = LeftOut.LEFT_OUT
"""The default of a field that null clears: it differs from null only there."""

Rule = Callable[[Any], str | None]
"""Returns why a value is refused, as a sentence without its subject, or None.

A rule raises RefusedValueError for a part of the value.
"""


class RefusedValueError(ValueError):
    """A value breaks a rule; the message reads on after the field's name.

    `inside` is the path to the bad part of the value, empty for the value itself.
    """

    def __init__(self, message: str, *inside: str) -> None:
        super().__init__(message)
        self.inside = inside


@dataclass(frozen=True, slots=True, kw_only=True)
class InputField:
    """What all kinds have in common.

    A field without a `default` is required; null counts as left out, unless the default is
    LEFT_OUT. `is_in_body` is False for what REST takes from the path or a header. `chosen_by`
    returns the field that applies instead, by the values around this one.
    """

    description: str = ""
    default: Any = REQUIRED
    rule: Rule | None = None
    is_in_body: bool = True
    chosen_by: "Callable[[Mapping[str, Any]], InputField] | None" = None

    @property
    def is_required(self) -> bool:
        """Whether the field must be sent."""
        return self.default is REQUIRED

    def read(self, value: object, now: int) -> Any:
        """Returns the typed value. `now` in milliseconds. Raises RefusedValueError."""
        typed = self._typed(value, now)
        if self.rule is not None and (problem := self.rule(typed)):
            raise RefusedValueError(problem)
        return typed

    def _typed(self, value: object, now: int) -> Any:
        raise NotImplementedError
