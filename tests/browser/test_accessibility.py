"""Every page of the dashboard, with something on it, by the rules of axe-core."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.async_api import Page

from tests.browser.chromium import Visitor, axe_source
from tests.journeys.fleet import Fleet
from tests.servers.receiver import Receiver, reply
from tests.waiting import until

pytestmark = pytest.mark.timeout(180)
# In its colours, with its data, and nothing on its way from one colour to the other.
_SETTLED = """
scheme => (document.documentElement.dataset.mantineColorScheme ?? scheme) === scheme
  && !document.querySelector('[role=status][aria-label=Loading]')
  && !document.getAnimations().some(one => one instanceof CSSTransition)
"""
_SCHEMES = ("light", "dark")
_DIALOGS_OF_ACCOUNT = ("Pause", "Edit the hours", "Edit the limits", "Switch pacing off")


@pytest.fixture
def fleet_settings() -> Mapping[str, str]:
    """Accounts are paced, so that their pages show limits."""
    return {"PACING": "on"}


@pytest.fixture
async def lived_in(fleet: Fleet, receiver: Receiver) -> dict[str, Any]:
    """Tasks and deliveries that went well and that did not, a pause, and a task that waits."""
    receiver.answer("/broken", reply(500, b"no room"))
    good = await fleet.register(receiver.url("/good"))
    await fleet.register(receiver.url("/broken"))
    task = await fleet.create_task()
    fleet.start_agent()
    await fleet.until_status(task["id"], "completed")
    in_an_hour = datetime.now(UTC) + timedelta(hours=1)
    await fleet.create_task("later", scheduled_at=in_an_hour.isoformat())
    await until(lambda: receiver.received_at("/broken"))
    waiting = await fleet.create_task("li-wei")
    return {
        "task": task["id"],
        "waiting": waiting["id"],
        "account": task["linkedin_account_id"],
        "webhook": good["id"],
    }


async def _violations(page: Page) -> list[str]:
    """What axe finds, in both colour schemes."""
    found = []
    for scheme in _SCHEMES:
        await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        await page.wait_for_function(_SETTLED, arg=scheme)
        if not await page.evaluate("() => 'axe' in window"):
            await page.evaluate(axe_source())
        results = await page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
        found += [
            f"{page.url} ({scheme}): {rule['id']}: {node['html'][:200]}"
            for rule in results["violations"]
            for node in rule["nodes"]
        ]
    return found


async def _of_strangers_pages(visitor: Visitor) -> list[str]:
    found = []
    for path in ("/sign-in", "/sign-up", "/docs"):
        found += await _violations(await visitor.open(path))
    return found


async def _of_dialogs(page: Page, buttons: tuple[str, ...]) -> list[str]:
    found = []
    dialog = page.get_by_role("dialog")
    for button in buttons:
        await page.get_by_role("button", name=button).first.click()
        await dialog.wait_for()
        found += await _violations(page)
        await page.keyboard.press("Escape")
        await dialog.wait_for(state="hidden")
    return found


async def test_no_page_has_a_violation(
    visitor: Visitor, fleet: Fleet, lived_in: dict[str, Any]
) -> None:
    found = await _of_strangers_pages(visitor)
    page = await visitor.sign_in(fleet.keys["email"], fleet.keys["password"])
    for path, *buttons in (
        ("/",),
        ("/tasks", "New task"),
        (f"/tasks/{lived_in['task']}",),
        (f"/tasks/{lived_in['waiting']}",),
        ("/accounts", "Connect an account"),
        (f"/accounts/{lived_in['account']}", *_DIALOGS_OF_ACCOUNT),
        ("/agents", "New agent"),
        ("/keys", "New key"),
        ("/webhooks", "New webhook"),
        (f"/webhooks/{lived_in['webhook']}",),
        ("/settings",),
        ("/graphql",),
        ("/nowhere",),
    ):
        await page.goto(f"{fleet.url}{path}")
        await page.get_by_role("heading", level=1).wait_for()
        if path == "/graphql":
            # Before the editor has come, with its first query, there is nothing to execute.
            await page.locator(
                ".graphiql-query-editor .CodeMirror-code", has_text="viewer"
            ).wait_for()
            await page.get_by_role("button", name="Execute query").click()
            await page.get_by_text('"My workspace"').wait_for()
            assert page.url == f"{fleet.url}/explorer"
        found += await _violations(page)
        found += await _of_dialogs(page, tuple(buttons))
    assert found == []
    # That there is nothing at /nowhere is said by the status, too.
    assert [one for one in visitor.complaints if "/nowhere" not in one] == []
