"""When each credential's use was last written down by this process."""

from collections import OrderedDict

_SIZE = 10_000


class LastUsedThrottle:
    """Spares the database a write for every request."""

    def __init__(self) -> None:
        self._written: OrderedDict[str, int] = OrderedDict()

    def is_due(self, credential_id: str, now: int, every_ms: int) -> bool:
        """Whether it is time to write again; if so, it counts as written."""
        written_at = self._written.get(credential_id)
        if written_at is not None and now - written_at < every_ms:
            return False
        self._written[credential_id] = now
        self._written.move_to_end(credential_id)
        if len(self._written) > _SIZE:
            self._written.popitem(last=False)
        return True

    def forget(self, credential_id: str) -> None:
        """It could not be written after all."""
        self._written.pop(credential_id, None)
