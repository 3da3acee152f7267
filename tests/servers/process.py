"""A server as a child process that cannot outlive the test run, even one that is killed."""

import os
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

# Waits for its standard input to close, which the kernel does when the test run is gone,
# however it went; then takes the server and its files along.
_GUARDIAN = 'trap "" INT TERM; read -r _; kill -9 "$1" 2>/dev/null; rm -rf "$2"'


class ServerProcess:
    """Runs `command`, its output in `folder/log`; `user` as in subprocess, None for our own."""

    def __init__(self, command: Sequence[str], folder: Path, user: str | None = None) -> None:
        self.folder = folder
        identity = {} if user is None else {"user": user, "extra_groups": []}
        with (folder / "log").open("ab") as log:
            self._server = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=folder,
                start_new_session=True,  # Ctrl-C is for pytest, which then stops us in order
                **identity,
            )
        self._guardian = subprocess.Popen(
            ["/bin/sh", "-c", _GUARDIAN, "guardian", str(self.pid), str(folder)],
            stdin=subprocess.PIPE,
            start_new_session=True,
        )

    @property
    def pid(self) -> int:
        return self._server.pid

    @property
    def is_running(self) -> bool:
        return self._server.poll() is None

    @property
    def exit_code(self) -> int | None:
        """None as long as it runs; less than 0 is a signal."""
        return self._server.poll()

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")

    def send(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    def stop(self, number: signal.Signals = signal.SIGTERM, within_seconds: float = 10) -> None:
        """Ends the server, by force when it does not go by itself. Its files stay."""
        self._dismiss_guardian()
        if self.is_running:
            self.send(number)
        try:
            self._server.wait(within_seconds)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()

    def kill(self) -> None:
        """As the kernel does it."""
        self.stop(signal.SIGKILL)

    def _dismiss_guardian(self) -> None:
        self._guardian.kill()
        self._guardian.wait()
        if self._guardian.stdin:
            self._guardian.stdin.close()
