"""When this process last wrote the use of each credential."""

from collections import OrderedDict

_SIZE = 10_000


class LastUsedThrottle:
    """Limits how often the use of a credential is written."""

    def __init__(self) -> None:
        self._written: OrderedDict[str, int] = OrderedDict()

    def is_due(self, credential_id: str, now: int, every_ms: int) -> bool:
        """Returns whether it is time to write again; if so, it counts as written."""
        written_at = self._written.get(credential_id)
        if written_at is not None and now - written_at < every_ms:
            return False
        self._written[credential_id] = now
        self._written.move_to_end(credential_id)
        if len(self._written) > _SIZE:
            self._written.popitem(last=False)
        return True

    def forget(self, credential_id: str) -> None:
        """The write failed: the next use is written."""
        self._written.pop(credential_id, None)
