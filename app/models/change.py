"""A position in the order in which rows have changed."""

from typing import NamedTuple


class ChangePosition(NamedTuple):
    """After all changes before `changed_at`, and of those at that time after the row `seq`."""

    changed_at: int
    seq: int = 0
