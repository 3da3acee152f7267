"""One container of docker-compose.yml without Docker: the file's words in a sandbox of bubblewrap.

What the file says is what runs: command, environment, secrets at /run/secrets, volumes, memory
file systems, a root that cannot be written, a user without any right. Instead of a network of its
own a container has an address on this machine's loopback, so `0.0.0.0` and `127.0.0.1` in its
words become that address.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.servers.process import ServerProcess
from tests.servers.redis import find_redis

_CHECKOUT = Path(__file__).parent.parent.parent
_NOT_OF_THE_HOST = {"/dev", "/proc", "/run", "/sys", "/tmp"}
_CA_BUNDLE = "/run/test-authority.pem"
_UNITS = {"M": 1024**2, "G": 1024**3}


@dataclass(frozen=True)
class Surroundings:
    """What Docker would bring, and what the test adds: settings, and whom to trust."""

    hosts: Path
    secrets: Mapping[str, Path]
    volumes: Mapping[str, Path]
    settings: Mapping[str, str]
    ca_bundle: Path


class Container:
    """Not running until `start`. `address` is where it is reached."""

    def __init__(
        self, service: Mapping[str, Any], address: str, folder: Path, around: Surroundings
    ) -> None:
        self.address = address
        self._service = service
        self._around = around
        self._folder = folder
        folder.mkdir(parents=True)
        self._process: ServerProcess | None = None

    def start(self) -> None:
        """Start it, once more if it has ended."""
        self.close()
        words = [*self._sandbox(), *self._at_home(self._service["command"])]
        self._process = ServerProcess(words, self._folder)

    def run(self, words: list[str]) -> "subprocess.CompletedProcess[str]":
        """Run something in it to its end, as `docker exec` does."""
        command = [*self._sandbox(), *self._at_home(words)]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)

    def is_healthy(self) -> bool:
        """What the file's own health check says."""
        kind, *words = self._service["healthcheck"]["test"]
        assert kind == "CMD"
        return self.run(words).returncode == 0

    @property
    def pid(self) -> int:
        """Of the command itself, which is bubblewrap's only child."""
        assert self._process
        pid = self._process.pid
        return int(Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[0])

    @property
    def log(self) -> str:
        assert self._process
        return self._process.log

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.is_running

    def status(self, name: str) -> str:
        """A field of the kernel's status of the command."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        found = re.search(rf"^{name}:\s+(.*)$", status, re.MULTILINE)
        assert found
        return found[1]

    @property
    def memory_limit(self) -> int:
        """In bytes."""
        text: str = self._service["deploy"]["resources"]["limits"]["memory"]
        return int(text[:-1]) * _UNITS[text[-1]]

    def send(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    def close(self) -> None:
        if self._process:
            self._process.stop(signal.SIGKILL)

    def _at_home(self, words: list[str]) -> list[str]:
        own = [re.sub(r"\b(0\.0\.0\.0|127\.0\.0\.1)\b", self.address, word) for word in words]
        if words[0] == "redis-server":
            own += ["--bind", self.address]
        if words[0] == "redis-cli":
            own[1:1] = ["-h", self.address]
        return own

    def _sandbox(self) -> list[str]:
        uid, _, gid = str(self._service["user"]).partition(":")
        number = uid if uid.isdigit() else "999"
        words = ["bwrap", "--die-with-parent", "--unshare-user", "--cap-drop", "ALL"]
        words += ["--uid", number, "--gid", gid or number, "--clearenv", *self._root()]
        for mount in self._service.get("tmpfs", []):
            words += ["--tmpfs", mount.partition(":")[0]]
        for path in {_CHECKOUT, Path(sys.prefix), Path(sys.base_prefix)}:
            words += ["--ro-bind", str(path), str(path)]
        words += ["--ro-bind", str(self._around.hosts.resolve()), "/etc/hosts"]
        for secret in self._service.get("secrets", []):
            words += ["--ro-bind", str(self._around.secrets[secret]), f"/run/secrets/{secret}"]
        words += ["--ro-bind", str(self._around.ca_bundle), _CA_BUNDLE]
        for volume in self._service.get("volumes", []):
            words += self._mounted(*volume.split(":"))
        for name, value in self._environment().items():
            words += ["--setenv", name, value]
        return [*words, "--remount-ro", "/", "--chdir", "/"]

    def _root(self) -> list[str]:
        words = ["--dev", "/dev", "--proc", "/proc"]
        for path in sorted(Path("/").iterdir()):
            if path.is_symlink():
                words += ["--symlink", str(path.readlink()), str(path)]
            elif path.is_dir() and str(path) not in _NOT_OF_THE_HOST:
                words += ["--ro-bind", str(path), str(path)]
        return words

    def _mounted(self, name: str, target: str, mode: str = "rw") -> list[str]:
        source = self._around.volumes[name]
        found = next(path for path in Path(target).parents if path.exists())
        place = [] if found == Path("/") else ["--tmpfs", str(found)]
        return [*place, "--ro-bind" if mode == "ro" else "--bind", str(source), target]

    def _environment(self) -> dict[str, str]:
        folders = [Path(sys.executable).parent, Path(find_redis()).parent]
        path = ":".join([*map(str, folders), "/usr/local/bin", "/usr/sbin", "/usr/bin", "/bin"])
        # Without a value it is the shell's, which has none.
        written = self._service.get("environment", {})
        given = {name: value for name, value in written.items() if value is not None}
        ours = {"ZENMODE_WEBHOOK_CA_BUNDLE": _CA_BUNDLE, **self._around.settings}
        if "build" not in self._service:
            ours = {}
        return {"PATH": path, "PYTHONDONTWRITEBYTECODE": "1", **given, **ours}


def missing_programs() -> list[str]:
    """What has to be installed before containers can be run like this."""
    return [name for name in ("bwrap", "haproxy") if shutil.which(name) is None]
