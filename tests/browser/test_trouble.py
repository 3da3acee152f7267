"""What a person sees and can do when something went wrong: tasks, webhooks, the connection."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest
from playwright.async_api import Page, WebSocketRoute, expect

from tests.browser.agent_work import begin, complete, fail
from tests.browser.chromium import Visitor
from tests.journeys.fleet import Fleet
from tests.servers.receiver import Receiver, reply
from tests.waiting import until

pytestmark = pytest.mark.timeout(120)
_WAITING_FOR_LONG = "3000,3000,3000,3000"


@pytest.fixture
def fleet_settings() -> Mapping[str, str]:
    """A delivery that has failed waits for as long as a test lasts."""
    return {"WEBHOOK_RETRY_SECONDS": _WAITING_FOR_LONG}


async def _sign_in(visitor: Visitor, fleet: Fleet) -> Page:
    return await visitor.sign_in(fleet.keys["email"], fleet.keys["password"])


async def _tasks(fleet: Fleet) -> int:
    return len((await fleet.rest("GET", "/tasks")).json()["tasks"])


async def test_what_may_have_been_sent_is_sent_again_only_when_a_person_confirms_it(
    visitor: Visitor, fleet: Fleet
) -> None:
    task = await fleet.create_task()
    await fail(fleet, "outcome_unknown")
    page = await _sign_in(visitor, fleet)
    await page.goto(f"{fleet.url}/tasks/{task['id']}")
    retry = page.get_by_role("button", name="Retry", exact=True)
    await retry.dblclick()
    dialog = page.get_by_role("dialog", name="This may already have been sent")
    await expect(dialog).to_be_visible()
    await dialog.get_by_role("button", name="Don't retry").click()
    await expect(dialog).to_be_hidden()
    await expect(retry).to_be_focused()
    assert await _tasks(fleet) == 1

    await retry.click()
    await dialog.get_by_role("button", name="Retry anyway").dblclick()
    await page.get_by_role("link", name="View new task").click()
    await expect(page.get_by_text("Retry of", exact=True)).to_be_visible()
    assert await _tasks(fleet) == 2
    await page.get_by_role("link", name=task["id"]).click()
    await expect(page.get_by_text("Retried as", exact=True)).to_be_visible()
    await expect(retry).to_be_hidden()
    assert visitor.complaints == []


async def test_a_double_click_in_the_list_retries_once_and_leads_to_the_new_task(
    visitor: Visitor, fleet: Fleet
) -> None:
    task = await fleet.create_task()
    await fail(fleet, "profile_not_found")
    page = await _sign_in(visitor, fleet)
    await page.goto(f"{fleet.url}/tasks")
    await page.get_by_role("button", name="Retry the task for jane-doe").dblclick()
    await page.get_by_role("link", name="View new task").click()
    await expect(page.get_by_role("link", name=task["id"])).to_be_visible()
    assert await _tasks(fleet) == 2


async def test_rows_stay_under_the_pointer_while_it_is_on_a_button(
    visitor: Visitor, fleet: Fleet
) -> None:
    await fleet.create_task("first")
    page = await _sign_in(visitor, fleet)
    await page.goto(f"{fleet.url}/tasks")
    cancel = page.get_by_role("button", name="Cancel the task for first")
    await cancel.hover()
    before = await cancel.bounding_box()
    await fleet.create_task("second")
    await expect(page.get_by_text("1 task has changed")).to_be_visible()
    assert await cancel.bounding_box() == before
    await page.get_by_role("heading", name="Tasks").hover()
    await expect(page.get_by_role("row").nth(1)).to_contain_text("second")


async def test_a_webhook_that_fails_is_seen_and_once_repaired_gets_what_waits(
    visitor: Visitor, fleet: Fleet, receiver: Receiver
) -> None:
    receiver.answer("/hook", reply(500, b"no room"), reply(500), reply(204), reply(204))
    webhook = await fleet.register(receiver.url("/hook"))
    page = await _sign_in(visitor, fleet)
    await page.goto(f"{fleet.url}/webhooks/{webhook['id']}")
    for event in ("task.failed", "task.completed"):
        await page.get_by_role("button", name="Send a test event").click()
        await page.get_by_role("menuitem", name=event).click()
        await expect(page.get_by_role("button", name=event)).to_contain_text("Retrying")
    await expect(page.get_by_text(re.compile("^Failing since"))).to_be_visible()
    row = page.get_by_role("button", name="task.failed")
    await expect(row).to_contain_text("500")
    await expect(row).to_contain_text("Test")

    await row.click()
    await page.get_by_role("button", name="Retry now").click()
    await expect(row).to_contain_text("Delivered")
    await page.get_by_role("button", name="More").click()
    await page.get_by_role("menuitem", name="Recover deliveries").click()
    await page.get_by_role("dialog").get_by_role("button", name="Recover").click()
    await expect(page.get_by_text("1 delivery is being sent.")).to_be_visible()
    await expect(page.get_by_role("button", name="task.completed")).to_contain_text("Delivered")
    await expect(page.get_by_text("Working", exact=True)).to_be_visible()
    await expect(page.get_by_role("button", name="More")).to_be_focused()
    assert len(receiver.received_at("/hook")) == 4
    assert visitor.complaints == []


@dataclass
class _Wire:
    """The page's WebSocket, in the hands of a test."""

    is_cut: bool = False
    ends_subscriptions: bool = False
    open: list[WebSocketRoute] = field(default_factory=list)

    async def attach(self, page: Page) -> None:
        await page.route_web_socket("**/graphql", self._connect)

    async def _connect(self, socket: WebSocketRoute) -> None:
        if self.is_cut:
            await socket.close(code=1011, reason="cut")
            return
        server = socket.connect_to_server()

        def pass_on(message: str | bytes) -> None:
            wanted = json.loads(message)
            if self.ends_subscriptions and wanted["type"] == "subscribe":
                error = {"message": "away", "extensions": {"code": "UNAVAILABLE"}}
                socket.send(json.dumps({"id": wanted["id"], "type": "error", "payload": [error]}))
            else:
                server.send(message)

        socket.on_message(pass_on)
        self.open.append(socket)

    async def cut(self) -> None:
        """End the connection in a way after which clients usually do not come back."""
        self.is_cut = True
        for socket in self.open:
            await socket.close(code=1011, reason="cut")


async def _watched_task(visitor: Visitor, fleet: Fleet, wire: _Wire) -> tuple[Page, dict[str, str]]:
    """A task that has begun, on a page whose socket is in the test's hands."""
    task = await fleet.create_task()
    page = await _sign_in(visitor, fleet)
    await wire.attach(page)
    await page.goto(f"{fleet.url}/tasks/{task['id']}")
    held = await begin(fleet)
    await page.get_by_text("Processing", exact=True).wait_for()
    return page, held


async def test_when_the_connection_was_cut_the_page_shows_what_came_to_pass_meanwhile(
    visitor: Visitor, fleet: Fleet
) -> None:
    wire = _Wire()
    page, held = await _watched_task(visitor, fleet, wire)
    await wire.cut()
    await expect(page.get_by_text("Connection lost.")).to_be_visible()
    await complete(fleet, held)
    wire.is_cut = False
    await expect(page.locator("header").get_by_text("Completed", exact=True)).to_be_visible()
    await expect(page.get_by_text("Connection lost.")).to_be_hidden()


async def test_a_subscription_that_the_server_ends_is_started_again(
    visitor: Visitor, fleet: Fleet
) -> None:
    wire = _Wire(ends_subscriptions=True)
    task = await fleet.create_task()
    page = await _sign_in(visitor, fleet)
    await wire.attach(page)
    await page.goto(f"{fleet.url}/tasks/{task['id']}")
    await expect(page.get_by_text("Updates are interrupted.")).to_be_visible()
    held = await begin(fleet)
    wire.ends_subscriptions = False
    await expect(page.get_by_text("Updates are interrupted.")).to_be_hidden(timeout=40_000)
    await page.get_by_text("Processing", exact=True).wait_for()
    await complete(fleet, held)
    await expect(page.locator("header").get_by_text("Completed", exact=True)).to_be_visible()


async def test_the_focus_comes_back_after_every_dialog(
    visitor: Visitor, fleet: Fleet, receiver: Receiver
) -> None:
    webhook = await fleet.register(receiver.url("/hook"))
    page = await _sign_in(visitor, fleet)
    await page.goto(f"{fleet.url}/webhooks/{webhook['id']}")
    more = page.get_by_role("button", name="More")
    for item in ("Recover", "Rotate", "Change", "Delete"):
        await more.click()
        await page.get_by_role("menuitem", name=item).click()
        await page.get_by_role("dialog").wait_for()
        await page.keyboard.press("Escape")
        await expect(more).to_be_focused()
    await more.click()
    await page.get_by_role("menuitem", name="Rotate").click()
    await page.get_by_role("dialog").get_by_role("button", name="Rotate").click()
    await page.get_by_role("button", name="I've saved it").click()
    await expect(more).to_be_focused()

    await page.goto(f"{fleet.url}/keys")
    create = page.get_by_role("button", name="New key")
    await create.click()
    await page.get_by_role("dialog").get_by_label("Name").fill("Second")
    await page.get_by_role("button", name="Create key").click()
    await page.get_by_role("button", name="I've saved it").click()
    await expect(create).to_be_focused()
    await page.get_by_role("button", name="Revoke").first.click()
    await page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    await page.get_by_role("list", name="Revoked keys").wait_for()

    async def has_focus() -> bool:
        return bool(await page.evaluate("document.activeElement !== document.body"))

    await until(has_focus)


async def test_a_reader_who_comes_back_to_the_list_finds_their_place(
    visitor: Visitor, fleet: Fleet
) -> None:
    document = (
        "mutation ($inputs: [CreateTaskInput!]!) { createTasks(inputs: $inputs) { tasks { id } } }"
    )
    one = {"actionType": "FOLLOW", "payload": {"profileUrl": "https://linkedin.com/in/jane"}}
    for _ in range(3):
        await fleet.graphql(document, inputs=[one] * 60)
    page = await _sign_in(visitor, fleet)
    await page.goto(f"{fleet.url}/tasks")
    await page.get_by_role("row").nth(5).wait_for()
    place = 6_000

    async def has_scrolled() -> bool:
        await page.evaluate(f"scrollTo(0, {place})")
        return bool(await page.evaluate("scrollY") == place)

    await until(has_scrolled)
    await page.get_by_role("row").nth(12).get_by_role("link").click()
    await page.get_by_role("heading", name="Follow jane").wait_for()
    assert await page.evaluate("scrollY") == 0
    await page.go_back()

    async def is_there() -> bool:
        return bool(abs(await page.evaluate("scrollY") - place) < 3)

    await until(is_there)


async def test_what_was_being_written_outlives_the_session(visitor: Visitor, fleet: Fleet) -> None:
    page = await _sign_in(visitor, fleet)
    await page.goto(f"{fleet.url}/tasks")
    await page.get_by_role("button", name="New task").first.click()
    form = page.get_by_role("dialog", name="New task")
    await form.get_by_label("Profile URL").fill("https://linkedin.com/in/jane")
    await form.get_by_label("Note").fill("Hello Jane")
    await visitor.context.clear_cookies()
    await form.get_by_role("button", name="Create task").click()
    ended = page.get_by_role("dialog", name="Your session has ended")
    await ended.get_by_label("Password", exact=True).fill(fleet.keys["password"])
    await ended.get_by_role("button", name="Sign in").click()
    await expect(ended).to_be_hidden()
    await expect(form.get_by_label("Note")).to_have_value("Hello Jane")
    await form.get_by_role("button", name="Create task").click()
    await expect(page.get_by_role("row").filter(has_text="jane")).to_be_visible()


async def test_the_end_of_the_subscription_is_reported_on_every_page(
    visitor: Visitor, fleet: Fleet
) -> None:
    page = await _sign_in(visitor, fleet)
    workspace = (await fleet.graphql("{ viewer { workspace { id } } }"))["viewer"]["workspace"]
    fleet.run("subscription", "set", workspace["id"], "cancelled")
    banner = page.get_by_role("region", name="Subscription notice", exact=True)
    for path in ("/", "/tasks", "/webhooks"):
        await page.goto(f"{fleet.url}{path}")
        await expect(banner).to_contain_text("subscription")
    await banner.get_by_role("link", name="see settings").click()
    await expect(page.get_by_text(workspace["id"], exact=True)).to_be_visible()
    fleet.run("subscription", "set", workspace["id"], "active")
    await page.reload()
    await page.get_by_role("heading", name="Settings", level=1).wait_for()
    await expect(banner).to_be_hidden()
