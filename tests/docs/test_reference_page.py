"""The REST reference describes every endpoint, and all its examples run."""

import json
import re
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.rest.router import ROUTES
from dev.docs_site.reference import reference_page
from dev.docs_site.tabs import with_tabs
from tests.docs.test_api_page import fitted, node, run
from tests.journeys.fleet import Fleet, running_fleet
from tests.servers.receiver import Receiver

_PAGE = reference_page()
_BLOCK = re.compile(r"^```(bash|python|javascript)\n(.*?)^```", re.MULTILINE | re.DOTALL)
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


def sections() -> dict[str, str]:
    """What stands under each operation's heading, by the operation's name."""
    parts = re.split(r"^## .*\{ #(\w+) \}$", _PAGE, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_endpoint_has_its_section() -> None:
    found = sections()
    assert {row.name for row in ROUTES} | {"webhookEvents"} == set(found)
    for row in ROUTES:
        text = found[row.name]
        assert "**Response" in text
        assert "**Errors**" in text
        assert ("**Request body**" in text) == row.takes_body
        assert all(f"`{one.name}`" in text for one in row.parameters)
        assert all(f"errors.md#{code}" in text for code in row.codes)


@pytest.mark.timeout(180)
@pytest.mark.parametrize("language", _COMMANDS)
async def test_every_example_succeeds(fleet: Fleet, language: str) -> None:
    for name, text in sections().items():
        for code in [code for found, code in _BLOCK.findall(text) if found == language]:
            task = await fleet.create_task()
            webhook = await fleet.register("https://your-server.example/hook")
            ready = fitted(code, fleet, task["id"], webhook["id"])
            printed = run(_COMMANDS[language], ready.replace("curl ", "curl -sS --fail ", 1))
            assert printed, name
            if language == "bash":
                assert "error" not in json.loads(printed)
            await fleet.rest("DELETE", "/webhooks", params={"id": webhook["id"]})


def test_code_blocks_in_a_row_become_tabs() -> None:
    page = (
        "# T\n\n```bash\ncurl x\n\ny\n```\n\n```python\nprint()\n```\n\ntext\n\n```bash\nz\n```\n"
    )
    assert with_tabs(page) == (
        '# T\n\n=== "curl"\n\n    ```bash\n    curl x\n\n    y\n    ```\n\n'
        '=== "Python"\n\n    ```python\n    print()\n    ```\n\ntext\n\n```bash\nz\n```\n'
    )
