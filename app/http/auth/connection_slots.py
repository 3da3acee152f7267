"""Slots for connections that stay open, of which each holder gets at most a share."""

from collections import Counter
from typing import Final

from app.domain.access.network_address import address_subject

# WebSockets of a process, and as many event streams.
MOST_STAYING_OPEN: Final = 2_000
_SHARE_PERCENT: Final = 10
_SMALLEST_SHARE: Final = 20


class ConnectionSlots:
    """A limited number of slots; each holder may have a tenth of them, and 20 in any case."""

    def __init__(self, most: int) -> None:
        self._most = most
        self.share = max(most * _SHARE_PERCENT // 100, _SMALLEST_SHARE)
        self._held: Counter[str] = Counter()
        self.taken = 0

    @property
    def is_full(self) -> bool:
        """Whether every slot is taken."""
        return self.taken >= self._most

    def acquire(self, holder: str) -> "ConnectionSlot | None":
        """Returns a slot, or None if there is none left for this holder."""
        if self.is_full or not self._add(holder):
            return None
        self.taken += 1
        return ConnectionSlot(self, holder)

    def _add(self, holder: str) -> bool:
        if self._held[holder] >= self.share:
            return False
        self._held[holder] += 1
        return True

    def _remove(self, holder: str) -> None:
        self._held[holder] -= 1
        if not self._held[holder]:
            del self._held[holder]


class ConnectionSlot:
    """One slot, until it is released."""

    def __init__(self, slots: ConnectionSlots, holder: str) -> None:
        self._slots = slots
        self._holder: str | None = holder

    def move_to(self, holder: str) -> bool:
        """Counts it as another holder's from now on; False if that one has no share left."""
        if self._holder is None or not self._slots._add(holder):
            return False
        self._slots._remove(self._holder)
        self._holder = holder
        return True

    def release(self) -> None:
        """Frees the slot for others."""
        if self._holder is not None:
            self._slots._remove(self._holder)
            self._slots.taken -= 1
            self._holder = None


def of_workspace(workspace_id: str) -> str:
    """A workspace as a holder."""
    return f"workspace {workspace_id}"


def of_address(address: str) -> str:
    """A network address as a holder, for a caller that is not authenticated yet."""
    return f"address {address_subject(address)}"
