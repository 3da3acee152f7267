"""The examples of docs/quickstart.md run as printed, but for base URL and key."""

import re
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.docs.test_api_page import fitted, node, run
from tests.journeys.fleet import Fleet, running_fleet
from tests.servers.receiver import Receiver

_PAGE = (Path(__file__).parents[2] / "docs" / "quickstart.md").read_text()
_BLOCKS = re.findall(r"^```(bash|python|javascript)\n(.*?)^```", _PAGE, re.MULTILINE | re.DOTALL)
_COMMANDS = {
    "bash": ["bash", "-s"],
    "python": [sys.executable, "-"],
    "javascript": [node(), "--input-type=module", "-"],
}


@pytest.fixture
async def fleet(
    sqlite_url: str, redis_url: str, receiver: Receiver, tmp_path: Path
) -> AsyncIterator[Fleet]:
    async with running_fleet(sqlite_url, redis_url, receiver, tmp_path) as running:
        yield running


async def test_every_example_succeeds(fleet: Fleet) -> None:
    fleet.start_agent()
    task = await fleet.create_task()
    await fleet.until_status(task["id"], "completed")
    assert len(_BLOCKS) == 6
    for language, code in _BLOCKS:
        printed = run(_COMMANDS[language], fitted(code, fleet).replace("curl ", "curl -sS ", 1))
        assert ("task_" in printed, '"code"' in printed) == (True, False)
