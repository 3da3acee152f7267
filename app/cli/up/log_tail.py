"""What of a child's log people want to see in their terminal: warnings and errors."""

import re
from pathlib import Path
from time import monotonic

_BAD_NEWS = re.compile(
    r'\[(?:warning|error|critical)\s*\]\s*(?P<said>.*)|"level": ?"(?:warning|error|critical)"'
)
_AGAIN_AFTER_SECONDS = 60.0


class LogTail:
    """Reads what was written to a log since the last look."""

    def __init__(self, name: str, log: Path) -> None:
        self._name = name
        self._log = log
        self._read_bytes = log.stat().st_size if log.exists() else 0
        self._told_at: dict[str, float] = {}

    def bad_news(self) -> list[str]:
        """New warnings and errors, a line each; what was said within the last minute, not again."""
        return [f"{self._name}: {line}" for line in self._new_lines() if self._is_bad_news(line)]

    def _new_lines(self) -> list[str]:
        if not self._log.exists():
            return []
        with self._log.open("rb") as log:
            if self._log.stat().st_size < self._read_bytes:
                self._read_bytes = 0
            log.seek(self._read_bytes)
            whole, end, _ = log.read().rpartition(b"\n")
        self._read_bytes += len(whole) + len(end)
        return whole.decode(errors="replace").splitlines()

    def _is_bad_news(self, line: str) -> bool:
        found = _BAD_NEWS.search(line)
        if found is None:
            return False
        said, now = found["said"] or line, monotonic()
        is_old = now - self._told_at.get(said, -_AGAIN_AFTER_SECONDS) < _AGAIN_AFTER_SECONDS
        if not is_old:
            self._told_at = {one: at for one, at in self._told_at.items() if now - at < 60}
            self._told_at[said] = now
        return not is_old
