"""A process that `zenmode up` keeps running."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

_SHORTEST_WAIT_SECONDS = 0.5
_LONGEST_WAIT_SECONDS = 30.0
_RAN_WELL_SECONDS = 60.0
_PR_SET_PDEATHSIG = 1


class Child:
    """One command, its log, and when it may be started again after it died."""

    def __init__(
        self, name: str, command: Sequence[str], log: Path, environ: dict[str, str]
    ) -> None:
        self.name = name
        self._command = list(command)
        self._log = log
        self._environ = environ
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._wait_seconds = _SHORTEST_WAIT_SECONDS
        self._start_again_at = 0.0

    @property
    def is_running(self) -> bool:
        """Whether it lives."""
        return self._process is not None and self._process.poll() is None

    @property
    def exit_code(self) -> int | None:
        """With what it ended, None while it lives or before its first start."""
        return None if self._process is None else self._process.poll()

    @property
    def last_words(self) -> str:
        """The last line of its log."""
        lines = self._log.read_text(errors="replace").split("\n") if self._log.exists() else []
        return next((line for line in reversed(lines) if line.strip()), "")

    def start(self) -> None:
        """Start it, in a session of its own: Ctrl-C is for us, who stop everything in order."""
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                env=self._environ,
                start_new_session=True,
                preexec_fn=_die_with_parent if sys.platform == "linux" else None,
            )
        self._started_at = monotonic()

    def revive(self) -> bool:
        """Start it again if it has died and has waited long enough; True when it was started."""
        if self.is_running:
            return False
        now = monotonic()
        if self._start_again_at == 0.0:
            ran_well = now - self._started_at > _RAN_WELL_SECONDS
            self._wait_seconds = (
                _SHORTEST_WAIT_SECONDS
                if ran_well
                else min(self._wait_seconds * 2, _LONGEST_WAIT_SECONDS)
            )
            self._start_again_at = now + self._wait_seconds
        if now < self._start_again_at:
            return False
        self._start_again_at = 0.0
        self.start()
        return True

    def stop(self, within_seconds: float) -> None:
        """Ask it to end, and end it if it does not."""
        if self._process is None or not self.is_running:
            return
        self._process.terminate()
        try:
            self._process.wait(within_seconds)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
