"""An agent in a process of its own, to be stopped, killed and started again."""

import json
import shutil
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.servers.process import ServerProcess
from tests.waiting import until

_HERE = Path(__file__).parent
_ROOT = _HERE.parent.parent


@dataclass(frozen=True)
class Trace:
    """What the driver did with a task, and when (seconds since the epoch)."""

    task_id: str
    what: str
    at: float


class AgentProcess:
    """Not running until `start`; its data, its log and its driver's trace are in `folder`."""

    def __init__(
        self,
        folder: Path,
        url: str,
        token: str,
        accounts: Sequence[str] = (),
        driver: str = "recorder",
        lease_seconds: int = 60,
        poll_seconds: float = 3600,
    ) -> None:
        self._folder = folder
        self._options = {
            "url": url,
            "token": token,
            "accounts": list(accounts),
            "driver": driver,
            "data_dir": str(folder / "data"),
            "poll_seconds": poll_seconds,
            "lease_seconds": lease_seconds,
        }
        folder.mkdir(exist_ok=True)
        _install_recorder(folder / "site")
        self._process: ServerProcess | None = None

    def start(self) -> None:
        command = [
            "env",
            f"PYTHONPATH={self._folder / 'site'}:{_ROOT}:{_ROOT / 'agent'}",
            *(sys.executable, str(_HERE / "runner.py"), json.dumps(self._options)),
        ]
        self._process = ServerProcess(command, self._folder)

    def send(self, number: signal.Signals) -> None:
        assert self._process
        self._process.send(number)

    def kill(self) -> None:
        """As the kernel does it: the agent can do nothing about it."""
        assert self._process
        self._process.stop(signal.SIGKILL)

    def close(self) -> None:
        if self._process:
            self._process.stop(signal.SIGKILL)

    async def ended(self, within_seconds: float = 10) -> int:
        """Its exit code, once it is gone."""
        process = self._process
        assert process
        await until(lambda: not process.is_running, within_seconds)
        code = process.exit_code
        assert code is not None
        return code

    def let_go_on(self) -> None:
        """Lets the driver end what it waits with."""
        (self._folder / "go").touch()

    @property
    def log(self) -> str:
        assert self._process
        return self._process.log

    @property
    def trace(self) -> list[Trace]:
        file = self._folder / "trace"
        lines = file.read_text().splitlines() if file.exists() else []
        return [Trace(task, what, float(at)) for task, what, at in map(str.split, lines)]

    def did(self, what: str, task_id: str) -> list[Trace]:
        return [one for one in self.trace if (one.what, one.task_id) == (what, task_id)]


def _install_recorder(site: Path) -> None:
    about = site / "recorder-1.0.dist-info"
    about.mkdir(parents=True, exist_ok=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: recorder\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[zenmode.drivers]\nrecorder = recorder:Recorder\n")
    shutil.copy(_HERE / "recorder.py", site)
