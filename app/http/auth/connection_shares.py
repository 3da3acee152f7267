"""Places for connections that stay open, of which each holder gets at most a share."""

from collections import Counter
from typing import Final

from app.domain.access.network_address import address_subject

# WebSockets of a process, and as many event streams.
MOST_STAYING_OPEN: Final = 2_000
_SHARE_PERCENT: Final = 10
_SMALLEST_SHARE: Final = 20


class Places:
    """So many places; each holder may have a tenth of them, and 20 in any case."""

    def __init__(self, most: int) -> None:
        self._most = most
        self.share = max(most * _SHARE_PERCENT // 100, _SMALLEST_SHARE)
        self._held: Counter[str] = Counter()
        self.taken = 0

    @property
    def is_full(self) -> bool:
        """Whether every place is taken."""
        return self.taken >= self._most

    def take(self, holder: str) -> "Place | None":
        """A place, or None if there is none for this holder."""
        if self.is_full or not self._add(holder):
            return None
        self.taken += 1
        return Place(self, holder)

    def _add(self, holder: str) -> bool:
        if self._held[holder] >= self.share:
            return False
        self._held[holder] += 1
        return True

    def _remove(self, holder: str) -> None:
        self._held[holder] -= 1
        if not self._held[holder]:
            del self._held[holder]


class Place:
    """One place, until it is given back."""

    def __init__(self, places: Places, holder: str) -> None:
        self._places = places
        self._holder: str | None = holder

    def move_to(self, holder: str) -> bool:
        """Count it as another holder's from now on; False if that one has no share left."""
        if self._holder is None or not self._places._add(holder):
            return False
        self._places._remove(self._holder)
        self._holder = holder
        return True

    def give_back(self) -> None:
        """It is free for others."""
        if self._holder is not None:
            self._places._remove(self._holder)
            self._places.taken -= 1
            self._holder = None


def of_workspace(workspace_id: str) -> str:
    """A workspace as a holder."""
    return f"workspace {workspace_id}"


def of_address(address: str) -> str:
    """A network address as a holder, for a caller that is not authenticated yet."""
    return f"address {address_subject(address)}"
