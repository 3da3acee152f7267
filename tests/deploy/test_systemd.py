"""deploy/systemd, read by systemd itself."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.deploy.stack import ROOT

_UNITS = sorted((ROOT / "deploy" / "systemd").glob("*.service"))
_MOST_EXPOSED = 2.0


@pytest.fixture
def analyze() -> str:
    """The program that reads units."""
    found = shutil.which("systemd-analyze")
    if found is None:
        pytest.skip("deploy/systemd WAS NOT CHECKED: install systemd (see .ci/run)")
    return found


@pytest.fixture
def units(tmp_path: Path) -> list[Path]:
    """The units, with the program where it is here."""
    here = Path(sys.executable).with_name("zenmode")
    for unit in _UNITS:
        text = unit.read_text().replace("/opt/zenmode/bin/zenmode", str(here))
        (tmp_path / unit.name).write_text(text)
    return sorted(tmp_path.iterdir())


def test_systemd_understands_every_line(analyze: str, units: list[Path]) -> None:
    done = subprocess.run(
        [analyze, "verify", *units], capture_output=True, text=True, check=False, timeout=30
    )
    about_ours = [line for line in done.stderr.splitlines() if "zenmode" in line]
    assert (done.returncode, about_ours) == (0, [])


@pytest.mark.parametrize("name", [unit.name for unit in _UNITS])
def test_a_process_can_do_little_but_its_work(analyze: str, name: str) -> None:
    command = [analyze, "security", "--offline=true", ROOT / "deploy" / "systemd" / name]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
    exposure = re.search(r"Overall exposure level for \S+: ([\d.]+)", done.stdout)
    assert exposure, done.stderr
    assert float(exposure[1]) < _MOST_EXPOSED


@pytest.mark.parametrize("name", [unit.name for unit in _UNITS])
def test_secrets_are_handed_over_as_files(name: str) -> None:
    text = (ROOT / "deploy" / "systemd" / name).read_text()
    assert "LoadCredential=secret_key:" in text
    assert "ZENMODE_SECRET_KEY_FILE=%d/secret_key" in text
    assert not re.search(r"ZENMODE_(SECRET_KEY|DATABASE_URL)=", text)
