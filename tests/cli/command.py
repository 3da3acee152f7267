"""`zenmode` as a process of its own, in a folder of its own."""

import json
import os
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp

import httpx

from tests.servers.process import ServerProcess
from tests.waiting import until

ZENMODE = str(Path(sys.executable).with_name("zenmode"))
_DONE_SECONDS = 40
_READY_SECONDS = 40


@dataclass(frozen=True)
class Place:
    """A folder with nothing in it, and the settings of every command that is run there."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)

    def run(self, *words: str, **settings: str) -> "subprocess.CompletedProcess[str]":
        """Run a command to its end."""
        return subprocess.run(
            [ZENMODE, *words],
            cwd=self.folder,
            env=os.environ | self.settings | settings,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_DONE_SECONDS,
            check=False,
        )

    def start(self, *words: str, **settings: str) -> ServerProcess:
        """Start a command that goes on."""
        setting = [f"{name}={value}" for name, value in {**self.settings, **settings}.items()]
        place = ["/usr/bin/env", "-C", str(self.folder), *setting]
        logs = Path(mkdtemp(prefix="log-", dir=self.folder.parent))
        return ServerProcess([*place, ZENMODE, *words], logs)

    def refusal(self, *words: str, exit_code: int = 1, **settings: str) -> str:
        """The one line on stderr of a command that fails."""
        done = self.run(*words, **settings)
        assert (done.returncode, done.stdout) == (exit_code, ""), done
        line, end = done.stderr[:-1], done.stderr[-1:]
        assert end == "\n", done
        assert "\n" not in line, done
        return line

    def bootstrap(self, **settings: str) -> dict[str, str]:
        """A workspace and all that is needed to begin."""
        done = self.run("bootstrap", "--json", **settings)
        assert (done.returncode, done.stderr) == (0, ""), done
        memo: dict[str, str] = json.loads(done.stdout)
        return memo


def free_port() -> int:
    """A port on which nobody listens at the moment."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


async def until_ready(port: int, process: ServerProcess) -> None:
    """Wait until requests are answered."""
    async with httpx.AsyncClient() as client:

        async def is_ready() -> bool:
            assert process.is_running, process.log
            try:
                return (await client.get(f"http://127.0.0.1:{port}/readyz")).status_code == 200
            except httpx.TransportError:
                return False

        await until(is_ready, _READY_SECONDS)
