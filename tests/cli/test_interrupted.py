"""Ctrl-C while a command is still loading."""

import os
import signal
import subprocess
from pathlib import Path

import pytest

from tests.cli.command import ZENMODE, Place


@pytest.mark.parametrize("module", ["structlog", "tortoise", "app.cli.up.up"])
def test_ctrl_c_while_it_loads_ends_it_without_a_traceback(
    place: Place, tmp_path: Path, module: str
) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import importlib.abc, os, signal, sys\n"
        "class Interrupts(importlib.abc.MetaPathFinder):\n"
        "    def find_spec(self, name, path, target=None):\n"
        f"        if name == {module!r}:\n"
        "            os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Interrupts())\n"
    )
    done = subprocess.run(
        [ZENMODE, "up"],
        cwd=place.folder,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=40,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (128 + signal.SIGINT, "", "")
    assert list(place.folder.iterdir()) == []
