"""openapi.json has nothing that Spectral or Redocly objects to."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.audits.node import FOLDER, NODE, install

# The first one of a run fetches the packages.
pytestmark = pytest.mark.timeout(180)
_DOCUMENT = Path(__file__).parents[2] / "openapi.json"
_MODULES = FOLDER / "node_modules"
_SPECTRAL = (
    *(str(_MODULES / "@stoplight" / "spectral-cli" / "dist" / "index.js"), "lint"),
    *("--ruleset", "spectral.yaml", "--fail-severity", "hint"),
)
_REDOCLY = (
    *(str(_MODULES / "@redocly" / "cli" / "bin" / "cli.js"), "lint"),
    *("--config", "redocly.yaml", "--max-problems", "50"),
)


def lint(command: tuple[str, ...], document: Path) -> "subprocess.CompletedProcess[str]":
    install()
    return subprocess.run(
        [NODE, *command, str(document)],
        cwd=FOLDER,
        # Neither reports to its makers, nor asks for a newer version.
        env=os.environ | {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("command", [_SPECTRAL, _REDOCLY], ids=["spectral", "redocly"])
def test_the_document_is_clean(command: tuple[str, ...]) -> None:
    done = lint(command, _DOCUMENT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("command", [_SPECTRAL, _REDOCLY], ids=["spectral", "redocly"])
def test_a_document_with_a_fault_is_not(command: tuple[str, ...], tmp_path: Path) -> None:
    faulty = tmp_path / "openapi.json"
    faulty.write_text(_DOCUMENT.read_text().replace('"operationId": "getTask",', ""))
    assert lint(command, faulty).returncode == 1
