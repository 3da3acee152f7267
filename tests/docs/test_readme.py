"""The README's tour runs as printed, but for its two ports."""

import os
import re
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.waiting import until

_ROOT = Path(__file__).parents[2]
_STEP = re.compile(r"^### Terminal (\d): [^\n]*\n(.*?)(?=^##)", re.MULTILINE | re.DOTALL)
_BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
_SHARED = (".venv", "app/http/built", "app/http/built_docs", "dashboard/node_modules")
_WAIT_SECONDS = 90


class Terminal:
    """A shell that is typed into, as a person does."""

    def __init__(self, folder: Path, name: str) -> None:
        self._output = folder / f"terminal-{name}.log"
        self._log = self._output.open("w")
        self._shell = subprocess.Popen(
            ["bash"],
            stdin=subprocess.PIPE,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            cwd=folder / "zenmode",
            env={name: value for name, value in os.environ.items() if "ZENMODE" not in name},
            text=True,
            start_new_session=True,
        )
        self._typed = 0

    @property
    def shown(self) -> str:
        return self._output.read_text()

    def type(self, commands: str) -> None:
        """Commands, and a line that appears when the last of them has ended."""
        self._typed += 1
        assert self._shell.stdin
        self._shell.stdin.write(f"{commands}\necho ended {self._typed}\n")
        self._shell.stdin.flush()

    def has_ended(self) -> bool:
        """Whether everything that was typed has run to its end."""
        return f"ended {self._typed}\n" in self.shown

    def close(self) -> None:
        assert self._shell.stdin
        os.killpg(self._shell.pid, signal.SIGTERM)
        self._shell.wait(20)
        self._shell.stdin.close()
        self._log.close()


@pytest.fixture
def folder(site: Path, tmp_path: Path) -> Path:
    """A checkout of its own, with the environment and the builds of this one."""
    assert site.exists()
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    copy = tmp_path / "zenmode"
    for name in listed.stdout.splitlines():
        if (_ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(_ROOT / name, copy / name)
    for name in _SHARED:
        if (_ROOT / name).exists():
            (copy / name).symlink_to(_ROOT / name)
    return tmp_path


@pytest.fixture
def terminals(folder: Path) -> Iterator[dict[str, Terminal]]:
    opened = {name: Terminal(folder, name) for name in "1234"}
    yield opened
    for terminal in opened.values():
        terminal.close()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


@pytest.mark.timeout(300)
async def test_the_tour_runs_as_printed(terminals: dict[str, Terminal]) -> None:
    own, receiver = str(free_port()), str(free_port())
    text = (_ROOT / "README.md").read_text().replace("8000", own).replace("8443", receiver)
    steps = [(number, _BLOCK.findall(step)) for number, step in _STEP.findall(text)]
    assert [number for number, _ in steps] == ["1", "2", "3", "2", "4", "2"]

    for place, (number, blocks) in enumerate(steps):
        terminal = terminals[number]
        if place == 5:
            await until(lambda: "verified" in terminals["3"].shown, _WAIT_SECONDS)
        for block in blocks:
            exported = f"export PORT={receiver}\n" if number == "3" else ""
            terminal.type(exported + block)
            if number == "2":
                await until(terminal.has_ended, _WAIT_SECONDS)
        if number == "1":
            await until(lambda: is_ready(f"http://localhost:{own}/readyz"), _WAIT_SECONDS)
        if number == "3":
            await until(lambda: "listening" in terminals["3"].shown, _WAIT_SECONDS)

    assert "NOT VERIFIED" not in terminals["3"].shown
    assert '"event":"task.completed"' in terminals["3"].shown
    assert '"status":"completed"' in terminals["2"].shown
    assert "sign in to the dashboard with owner@example.com" in terminals["2"].shown


async def is_ready(url: str) -> bool:
    try:
        async with httpx.AsyncClient() as client:
            return (await client.get(url)).status_code == 200
    except httpx.TransportError:
        return False


def test_the_picture_is_small_and_real() -> None:
    picture = (_ROOT / "docs" / "images" / "dashboard.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) < 300_000


def test_every_link_of_the_readme_leads_to_a_file() -> None:
    links = re.findall(r"\]\(([^)#]+)", (_ROOT / "README.md").read_text())
    assert [one for one in links if "://" not in one and not (_ROOT / one).exists()] == []
