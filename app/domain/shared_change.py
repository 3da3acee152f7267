"""What live views show."""

from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class SharedChange(Generic[Row]):
    """A row as it is after a change.

    When many look at the same change, `made` is the same for all of them: what one has made of the
    row is there for the others.
    """

    row: Row
    memo: dict[object, Any] = field(default_factory=dict)
