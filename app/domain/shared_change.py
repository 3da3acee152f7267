"""A change that many subscribers of one process share."""

from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class SharedChange(Generic[Row]):
    """A row as it is after a change.

    Subscribers to the same change share `memo`: what one has computed from the row is there for the
    others.
    """

    row: Row
    memo: dict[object, Any] = field(default_factory=dict)
