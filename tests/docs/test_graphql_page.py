"""The examples of docs/graphql.md run as printed, but for base address, key and ids."""

import json
import re
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from graphql import build_schema, parse, validate

from app.domain.error_codes import ERROR_CODES
from tests.audits.node import FOLDER as NODE_FOLDER
from tests.audits.node import NODE, install
from tests.docs.test_api_page import fitted, run
from tests.journeys.fleet import Fleet, running_fleet
from tests.servers.receiver import Receiver

_ROOT = Path(__file__).parents[2]
PAGE = (_ROOT / "docs" / "graphql.md").read_text()
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
CURL = [code for language, code in BLOCKS if language == "bash"]
JAVASCRIPT = [code for language, code in BLOCKS if language == "javascript"]
PYTHON = [code for language, code in BLOCKS if language == "python"]


@pytest.fixture
async def fleet(
    sqlite_url: str, redis_url: str, receiver: Receiver, tmp_path: Path
) -> AsyncIterator[Fleet]:
    """The product, with no agent yet."""
    async with running_fleet(sqlite_url, redis_url, receiver, tmp_path) as running:
        yield running


def ready(code: str, fleet: Fleet, task_id: str = "") -> str:
    """The example with this installation's addresses, key and ids."""
    socket_url = fleet.url.replace("http", "ws", 1)
    return fitted(code.replace("wss://www.zen-mode.io", socket_url), fleet, task_id)


def curl(code: str) -> str:
    return run(["bash", "-s"], code.replace("curl ", "curl -sS ", 1))


async def test_the_query_by_curl_is_answered(fleet: Fleet) -> None:
    task = await fleet.create_task()
    (code,) = [one for one in CURL if "Newest" in one]
    answer = json.loads(curl(ready(code, fleet)))
    assert answer == {"data": {"tasks": {"nodes": [{"id": task["id"], "status": "PENDING"}]}}}


@pytest.mark.timeout(90)
async def test_the_streams_by_curl_tell_of_the_end_and_then_end(fleet: Fleet) -> None:
    task = await fleet.create_task()
    fleet.start_agent()
    await fleet.until_status(task["id"], "completed")
    events, multipart = [one for one in CURL if "curl -N" in one]
    told = {"data": {"task": {"id": task["id"], "status": "COMPLETED"}}}

    lines = curl(ready(events, fleet, task["id"])).splitlines()
    assert lines[:2] == ["event: next", f"data: {json.dumps(told, separators=(',', ':'))}"]
    assert lines[3] == "event: complete"

    parts = curl(ready(multipart, fleet, task["id"])).split("--graphql")
    assert json.loads(parts[2].split("\n\n")[-1]) == {"payload": told}
    assert parts[-1].strip() == "--"


async def test_the_programs_that_send_one_request_get_their_answer(fleet: Fleet) -> None:
    create = next(one for one in PYTHON if "createTask" in one)
    assert "Task created: task_" in run([sys.executable, "-"], ready(create, fleet))
    accounts = next(one for one in JAVASCRIPT if "linkedinAccounts" in one)
    printed = run([NODE, "--input-type=module", "-"], ready(accounts, fleet))
    assert printed == f"Account: {fleet.keys['linkedin_account_id']} ACTIVE\n"


@pytest.mark.timeout(120)
async def test_the_programs_that_watch_see_the_task_completed(fleet: Fleet) -> None:
    install()
    task = await fleet.create_task()
    fleet.start_agent()
    watch = next(one for one in PYTHON if "WebsocketsTransport" in one)
    assert run([sys.executable, "-"], ready(watch, fleet, task["id"])).endswith(
        "Status: COMPLETED\n"
    )
    code = next(one for one in JAVASCRIPT if "graphql-ws" in one)
    command = [NODE, "--input-type=module", "-"]
    printed = run(command, ready(code, fleet, task["id"]), folder=NODE_FOLDER)
    assert printed.endswith("Status: COMPLETED\n")


def test_every_document_is_one_that_the_schema_knows() -> None:
    schema = build_schema((_ROOT / "schema.graphql").read_text())
    documents = [code for language, code in BLOCKS if language == "graphql"]
    assert documents
    assert [validate(schema, parse(one)) for one in documents] == [[]] * len(documents)


def test_every_error_has_its_row() -> None:
    known = {row.graphql for row in ERROR_CODES}
    rows = re.findall(r"^\| (`[A-Z_`, ]+`) \|", PAGE, re.MULTILINE)
    assert set(re.findall(r"[A-Z_]+", " ".join(rows))) == known
