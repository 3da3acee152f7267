"""The agent's own wheel, in an environment that has nothing of the server."""

import os
import re
import signal
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.agent.product import Customer
from tests.servers.process import ServerProcess
from tests.waiting import until

pytestmark = pytest.mark.timeout(180)
_ROOT = Path(__file__).parents[2]
_NEEDED = {
    *("argcomplete", "httpx", "websockets", "zenmode-agent"),
    *("anyio", "certifi", "h11", "httpcore", "idna", "typing-extensions"),
}


def _run(*command: str, **environment: str) -> str:
    done = subprocess.run(
        command,
        cwd=_ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` of a fresh environment with the wheel in it."""
    folder = tmp_path_factory.mktemp("wheel")
    # The versions that everything else is tested with.
    constraints = folder / "constraints.txt"
    locked = re.findall(r"^\S+==[^\s;\\]+", (_ROOT / "requirements.lock").read_text(), re.MULTILINE)
    constraints.write_text("\n".join(locked))
    _run("make", "agent-wheel", f"DIST={folder}")
    [wheel] = folder.glob("zenmode_agent-*.whl")
    environment, uv = folder / "venv", str(Path(sys.executable).with_name("uv"))
    _run(uv, "venv", "--quiet", "--python", sys.executable, str(environment))
    python = environment / "bin" / "python"
    install = (uv, "pip", "install", "--quiet", "--system-certs", "--python", str(python))
    _run(*install, "--constraint", str(constraints), str(wheel))
    return environment / "bin"


def test_nothing_of_the_server_is_installed(installed: Path) -> None:
    uv = str(Path(sys.executable).with_name("uv"))
    listed = _run(uv, "pip", "freeze", "--quiet", "--python", str(installed / "python"))
    assert {re.split(r"[ =]", line)[0] for line in listed.splitlines()} == _NEEDED


def test_its_help_lists_the_options_of_zenmode_agent(installed: Path) -> None:
    alone = _run(str(installed / "zenmode-agent"), "--help", COLUMNS="100")
    within = _run(str(Path(sys.executable).with_name("zenmode")), "agent", "--help", COLUMNS="100")
    options = re.findall(r"^  (--\w+)", within, re.MULTILINE)
    assert options == ["--url", "--token", "--account", "--driver", "--pace", "--data"]
    assert set(options) <= set(re.findall(r"^  (--\w+)", alone, re.MULTILINE))
    assert "installed: dry-run" in alone
    version = tomllib.loads((_ROOT / "agent" / "pyproject.toml").read_text())["project"]["version"]
    assert _run(str(installed / "zenmode-agent"), "--version") == f"zenmode-agent {version}\n"


async def test_it_claims_a_task_and_completes_it(
    installed: Path, customer: Customer, tmp_path: Path
) -> None:
    token_file = tmp_path / "token"
    token_file.write_text(f"{customer.workspace['agent_token']}\n")
    settings = [f"ZENMODE_AGENT_TOKEN_FILE={token_file}", f"HOME={tmp_path}", "PYTHONPATH="]
    command = [str(installed / "zenmode-agent"), "--url", customer.url, "--pace", "0"]
    agent = ServerProcess(["env", "-u", "XDG_STATE_HOME", *settings, *command], tmp_path)
    try:
        task_id = await customer.create_task("jane", "message")
        task = await customer.wait_for(task_id, "COMPLETED")
        agent.send(signal.SIGTERM)
        await until(lambda: not agent.is_running)
    finally:
        agent.stop(signal.SIGKILL)
    assert task["result"] == {"success": True, "dry_run": True}
    assert agent.exit_code == 0, agent.log
    assert _modes_of_journals(tmp_path) == [0o600]


def _modes_of_journals(home: Path) -> list[int]:
    found = home.glob(".local/state/zenmode/agent-zma_*/journal.sqlite3")
    return [journal.stat().st_mode & 0o777 for journal in found]


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({}, "zenmode-agent: give --token, or set ZENMODE_AGENT_TOKEN"),
        ({"ZENMODE_AGENT_TOKEN": "zm_x"}, "zenmode-agent: the token is not an agent's: this is an"),
        ({"ZENMODE_AGENT_TOKN": "zma_x"}, "zenmode-agent: ZENMODE_AGENT_TOKN is not a setting"),
        (
            {"ZENMODE_AGENT_TOKEN_FILE": "/none"},
            "zenmode-agent: ZENMODE_AGENT_TOKEN_FILE: the file",
        ),
    ],
)
def test_a_wrong_setting_is_one_line_and_exit_2(
    installed: Path, environment: dict[str, str], said: str
) -> None:
    done = subprocess.run(
        [str(installed / "zenmode-agent"), "--url", "http://127.0.0.1:1"],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(said)
    assert done.stderr.count("\n") == 1


def test_both_packages_have_one_version_and_the_same_ranges() -> None:
    server, agent = (
        tomllib.loads(path.read_text())["project"]
        for path in (_ROOT / "pyproject.toml", _ROOT / "agent" / "pyproject.toml")
    )
    same: list[Any] = ["version", "requires-python"]
    assert [server[name] for name in same] == [agent[name] for name in same]
    assert set(agent["dependencies"]) <= set(server["dependencies"])


def test_drivers_import_from_the_earlier_name_too() -> None:
    import app.agent
    import zenmode_agent

    assert app.agent.ActionFailed is zenmode_agent.ActionFailed
