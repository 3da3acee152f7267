"""From signing up to the first webhook, and back: one person in a real browser."""

import asyncio
import hashlib
import hmac
import json

import pytest
from playwright.async_api import Page, expect

from tests.browser.chromium import Visitor
from tests.journeys.fleet import Fleet
from tests.servers.receiver import Receiver, reply
from tests.waiting import until

pytestmark = pytest.mark.timeout(120)


async def _go(page: Page, place: str) -> None:
    await page.get_by_role("navigation", name="Pages").get_by_role("link", name=place).click()
    await page.get_by_role("heading", name=place, level=1).wait_for()


async def _sign_up(visitor: Visitor) -> Page:
    page = await visitor.open("/")
    await page.get_by_role("link", name="Create an account").click()
    await page.get_by_label("Email").fill("ada@example.com")
    await page.get_by_role("textbox", name="Password").fill("short")
    await page.get_by_label("Workspace").fill("Analytical Engines")
    await page.get_by_role("button", name="Create account").click()
    await expect(page.get_by_text("Must have at least 12 characters")).to_be_visible()
    await page.get_by_role("textbox", name="Password").fill("a long and rare passphrase")
    await page.get_by_role("button", name="Create account").click()
    await page.get_by_role("heading", name="Overview", level=1).wait_for()
    return page


async def _connect_account(page: Page) -> None:
    await _go(page, "LinkedIn accounts")
    await page.get_by_role("button", name="Connect an account").first.click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Name").fill("Ada")
    await dialog.get_by_label("Profile URL").fill("https://www.linkedin.com/in/ada")
    await dialog.get_by_role("button", name="Connect").click()
    await expect(page.get_by_role("listitem").filter(has_text="in/ada")).to_contain_text("Default")


async def _shown_once(page: Page, label: str) -> str:
    return await page.get_by_role("region", name=label, exact=True).inner_text()


async def _start_agent(page: Page, fleet: Fleet) -> None:
    await _go(page, "Agents")
    await page.get_by_role("button", name="New agent").first.click()
    await page.get_by_role("dialog").get_by_label("Name").fill("Laptop")
    await page.get_by_role("button", name="Create agent").click()
    token, *command = (await _shown_once(page, "command")).replace("\\\n", "").split()
    name, _, value = token.partition("=")
    fleet.settings = {**fleet.settings, name: value}
    await page.get_by_role("button", name="I've saved it").click()
    laptop = page.get_by_role("list", name="Agents").get_by_role("listitem")
    await expect(laptop).to_contain_text("Never started")
    assert command[0] == "zenmode-agent"
    options = ("--pace", "0.1", "--data-dir", str(fleet.folder / "agent"))
    fleet.start("agent", "agent", *command[1:], *options)
    await expect(laptop).to_contain_text("Online")


async def _make_key(page: Page) -> str:
    """The curl command that the page shows with the new key."""
    await _go(page, "API keys")
    await page.get_by_role("button", name="New key").first.click()
    await page.get_by_role("dialog").get_by_label("Name").fill("Backend")
    await page.get_by_role("button", name="Create key").click()
    command = await _shown_once(page, "curl command")
    await page.get_by_role("button", name="I've saved it").click()
    await expect(page.get_by_role("list", name="API keys")).to_contain_text("Never used")
    return command


async def _register_webhook(page: Page, url: str) -> str:
    """The webhook's secret; its page is open."""
    await _go(page, "Webhooks")
    await page.get_by_role("button", name="New webhook").first.click()
    await page.get_by_role("dialog").get_by_label("URL").fill(url)
    await page.get_by_role("button", name="Create webhook").click()
    secret = await _shown_once(page, "secret")
    await page.get_by_role("button", name="I've saved it").click()
    await page.get_by_text("Nothing was sent yet", exact=True).wait_for()
    return secret


async def _answer_of(command: str) -> tuple[int, str]:
    """What the shell makes of a command that a page shows: status and body."""
    process = await asyncio.create_subprocess_shell(
        f"{command} --silent --write-out '\\n%{{http_code}}'", stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    body, _, status = out.decode().rpartition("\n")
    return int(status), body


async def test_a_person_gets_from_signing_up_to_a_delivered_webhook(
    visitor: Visitor, fleet: Fleet, receiver: Receiver
) -> None:
    page = await _sign_up(visitor)
    await _connect_account(page)
    await _start_agent(page, fleet)
    order = await _make_key(page)
    secret = await _register_webhook(page, receiver.url("/hook"))
    webhook_page = page.url

    # What the documentation promises, seen from a table that is never reloaded.
    await _go(page, "Tasks")
    await page.get_by_text("No tasks yet", exact=True).wait_for()
    status, body = await _answer_of(order)
    assert status == 201
    row = page.get_by_role("row").filter(has_text="jane-doe")
    await expect(row).to_contain_text("Completed")

    (request,) = await until(lambda: receiver.received_at("/hook"))
    signed = hmac.new(secret.encode(), request.body, hashlib.sha256).hexdigest()
    assert request.headers["x-zenmode-signature"] == signed
    assert json.loads(request.body)["data"]["task_id"] == json.loads(body)["task"]["id"]
    await page.goto(webhook_page)
    line = page.get_by_role("button", name="task.completed", expanded=False)
    await expect(line).to_contain_text("Delivered")
    await line.click()
    await expect(page.get_by_role("list", name="Attempts")).to_contain_text("200")

    await _go(page, "API keys")
    await page.get_by_role("button", name="Revoke").click()
    await page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    await expect(page.get_by_role("list", name="Revoked keys")).to_contain_text("Backend")

    async def is_refused() -> bool:
        return (await _answer_of(order))[0] == 401

    await until(is_refused)
    assert visitor.complaints == []


async def test_a_failing_webhook_is_understood_and_repaired_on_its_page(
    visitor: Visitor, fleet: Fleet, receiver: Receiver
) -> None:
    receiver.answer("/gone", reply(410, b"moved away"), reply(204))
    webhook = await fleet.register(receiver.url("/gone"))
    page = await visitor.sign_in(fleet.keys["email"], fleet.keys["password"])
    await page.goto(f"{fleet.url}/webhooks/{webhook['id']}")
    await page.get_by_role("button", name="Send a test event").click()
    await page.get_by_role("menuitem", name="task.failed").click()
    await expect(page.get_by_text("the receiver answered 410 Gone")).to_be_visible()
    line = page.get_by_role("button", name="task.failed").filter(has_text="Failed")
    await line.click()
    attempts = page.get_by_role("list", name="Attempts")
    await expect(attempts).to_contain_text("410")
    await expect(attempts).to_contain_text("moved away")

    await page.get_by_role("button", name="Switch on").click()
    await page.get_by_text("This webhook is off").wait_for(state="hidden")
    await page.get_by_role("button", name="Resend").click()
    again = page.get_by_role("button", name="task.failed").filter(has_text="Delivered")
    await expect(again).to_be_visible()
    assert visitor.complaints == []
