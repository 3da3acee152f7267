"""The service definitions of docs/agent.md are what systemd and launchd accept."""

import plistlib
import re
import shutil
import subprocess
import textwrap
from pathlib import Path

import pytest

_PAGE = (Path(__file__).parents[2] / "docs" / "agent.md").read_text()
# As long as an action may take, and the report after it.
_STOP_SECONDS = 330


def _block(language: str, beginning: str) -> str:
    blocks = re.findall(rf"^ *```{language}\n(.*?)^ *```$", _PAGE, re.MULTILINE | re.DOTALL)
    [found] = [text for one in blocks if (text := textwrap.dedent(one)).startswith(beginning)]
    return found


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_accepts_the_user_unit(tmp_path: Path) -> None:
    unit = _block("ini", "[Unit]")
    assert "--url https://zenmode.example" in unit
    # The program has to exist for the check; any does.
    program = "%h/.local/bin/zenmode-agent"
    assert program in unit
    file = tmp_path / "zenmode-agent.service"
    file.write_text(unit.replace(program, "/bin/true"))
    command = ["systemd-analyze", "verify", "--user", "--man=no", str(file)]
    environment = {"XDG_RUNTIME_DIR": str(tmp_path), "HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    ours = [line for line in done.stderr.splitlines() if "zenmode-agent" in line]
    assert (done.returncode, ours) == (0, []), done.stderr


def test_a_refused_token_is_not_retried_by_systemd() -> None:
    unit = _block("ini", "[Unit]")
    assert "\nRestart=on-failure\n" in unit
    assert "\nRestartPreventExitStatus=1 2\n" in unit
    assert f"\nTimeoutStopSec={_STOP_SECONDS}\n" in unit


def test_launchd_can_read_the_property_list() -> None:
    agent = plistlib.loads(_block("xml", "<?xml").encode())
    assert agent["ProgramArguments"][1:] == ["--url", "https://zenmode.example"]
    assert agent["KeepAlive"] == {"SuccessfulExit": False}
    assert agent["ExitTimeOut"] == _STOP_SECONDS
    assert list(agent["EnvironmentVariables"]) == ["ZENMODE_AGENT_TOKEN_FILE"]
    assert f"`~/Library/LaunchAgents/{agent['Label']}.plist`" in _PAGE


def test_no_service_has_the_token_in_its_command() -> None:
    for block in (_block("ini", "[Unit]"), _block("xml", "<?xml"), _block("powershell", "Set-C")):
        assert "--token" not in block
        assert "ZENMODE_AGENT_TOKEN_FILE" in block
