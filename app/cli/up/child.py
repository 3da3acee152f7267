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
_LARGEST_LOG_BYTES = 10 * 1024 * 1024
_PR_SET_PDEATHSIG = 1


class Child:
    """One command, its log, and when it may be started again after it died."""

    def __init__(
        self, name: str, command: Sequence[str], log: Path, environ: dict[str, str]
    ) -> None:
        self.name = name
        self.log = log
        self._command = list(command)
        self._environ = environ
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._wait_seconds = _SHORTEST_WAIT_SECONDS
        self._start_again_at: float | None = None

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
        lines = self.log.read_text(errors="replace").split("\n") if self.log.exists() else []
        return next((line for line in reversed(lines) if line.strip()), "").strip()

    def start(self) -> None:
        """Start it, in a session of its own: Ctrl-C is for us, who stop everything in order."""
        self._make_room_for_log()
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                env=self._environ,
                start_new_session=True,
                preexec_fn=_ending_with(os.getpid()) if sys.platform == "linux" else None,
            )
        self._started_at = monotonic()

    def _make_room_for_log(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > _LARGEST_LOG_BYTES:
            self.log.replace(self.log.with_suffix(".old"))

    def revive(self) -> bool:
        """Start it again if it has died and has waited long enough; True when it was started."""
        if self.is_running:
            return False
        if self._start_again_at is None:
            self._start_again_at = monotonic() + self._next_wait()
        if monotonic() < self._start_again_at:
            return False
        self._start_again_at = None
        self.start()
        return True

    def _next_wait(self) -> float:
        ran_well = monotonic() - self._started_at > _RAN_WELL_SECONDS
        longer = min(self._wait_seconds * 2, _LONGEST_WAIT_SECONDS)
        self._wait_seconds = _SHORTEST_WAIT_SECONDS if ran_well else longer
        return self._wait_seconds

    def ask_to_end(self) -> None:
        """Send SIGTERM."""
        if self._process is not None and self.is_running:
            self._process.terminate()

    def end(self, deadline: float) -> None:
        """Wait until it has ended, and end it at `deadline`, on the monotonic clock."""
        if self._process is None:
            return
        try:
            self._process.wait(max(0.0, deadline - monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


def _ending_with(parent: int) -> "_Ending":
    return _Ending(ctypes.CDLL(None), parent)


class _Ending:
    """Called in the child before its command: the kernel ends it when the parent is gone."""

    def __init__(self, libc: ctypes.CDLL, parent: int) -> None:
        # Loaded before the fork, after which little is safe to do.
        self._libc = libc
        self._parent = parent

    def __call__(self) -> None:
        self._libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != self._parent:
            os._exit(1)
