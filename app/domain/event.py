"""Events between processes. They are hints: the database is the truth."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class TaskChanged:
    """A task as it is after a change, all its own fields included.

    `memo` holds what its listeners in a process have computed from it, once for all of them.
    """

    workspace_id: str
    snapshot: dict[str, Any]
    memo: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def key(self) -> str:
        """Waiting events with the same key are merged: the newest wins."""
        return f"task:{self.snapshot['id']}"


@dataclass(frozen=True, slots=True)
class DeliveryChanged:
    """A delivery was created or changed; `memo` is as for TaskChanged."""

    workspace_id: str
    webhook_id: int
    delivery_id: str
    memo: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def key(self) -> str:
        """Waiting events with the same key are merged: the newest wins."""
        return f"delivery:{self.delivery_id}"


@dataclass(frozen=True, slots=True)
class WorkAppeared:
    """There may be work for these accounts, though no task has changed."""

    workspace_id: str
    account_ids: tuple[str, ...]

    @property
    def key(self) -> str:
        """Waiting events with the same key are merged: the newest wins."""
        return f"work:{','.join(self.account_ids)}"


@dataclass(frozen=True, slots=True)
class ResyncRequired:
    """Events may have been missed: read the database again."""

    key: str = "missed"


Event = TaskChanged | DeliveryChanged | WorkAppeared | ResyncRequired
