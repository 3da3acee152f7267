"""What people see of an account's limits, hours and stops, and of why a task waits."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.agent_work import begin, complete, fail
from tests.browser.chromium import Visitor
from tests.journeys.fleet import Fleet

pytestmark = pytest.mark.timeout(120)
_MOST_STOPS = 80
_FOCUSED = """
() => {
  const one = document.activeElement;
  return one.getAttribute('aria-label') ?? one.labels?.[0]?.textContent ?? one.textContent;
}
"""
_PACING = """
query ($id: ID!) {
  linkedinAccount(id: $id) { pacing { isOn timeZone hours { weekday opens closes } } }
}
"""


@pytest.fixture
def fleet_settings() -> Mapping[str, str]:
    """Accounts are paced, as on an installation."""
    return {"PACING": "on"}


async def _sign_in(visitor: Visitor, fleet: Fleet) -> Page:
    return await visitor.sign_in(fleet.keys["email"], fleet.keys["password"])


async def _open_account(visitor: Visitor, fleet: Fleet) -> Page:
    page = await _sign_in(visitor, fleet)
    await page.goto(f"{fleet.url}/accounts")
    await page.get_by_role("link", name="My LinkedIn account").click()
    await page.get_by_role("heading", name="My LinkedIn account", level=1).wait_for()
    return page


async def _pacing(fleet: Fleet) -> dict[str, Any]:
    (account,) = (await fleet.graphql("{ linkedinAccounts { id } }"))["linkedinAccounts"]
    found = await fleet.graphql(_PACING, id=account["id"])
    pacing: dict[str, Any] = found["linkedinAccount"]["pacing"]
    return pacing


async def _tab_to(page: Page, name: str) -> None:
    """Press Tab until what is called so has the focus."""
    for _ in range(_MOST_STOPS):
        await page.keyboard.press("Tab")
        if await page.evaluate(_FOCUSED) == name:
            return
    pytest.fail(f"no way to {name!r} by keyboard")


async def _save_limits_of_connect(page: Page, **values: str) -> None:
    await page.get_by_role("button", name="Edit the limits of Connect").click()
    dialog = page.get_by_role("dialog")
    for label, value in values.items():
        await dialog.get_by_label(label.replace("_", " ")).fill(value)
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog).to_be_hidden()


def _limits_of(page: Page, action: str) -> Locator:
    rows = page.get_by_role("list", name="Limits").get_by_role("listitem")
    return rows.filter(has_text=re.compile(f"^{action}"))


async def test_hours_are_set_by_keyboard_alone(visitor: Visitor, fleet: Fleet) -> None:
    page = await _open_account(visitor, fleet)
    await _tab_to(page, "Edit the hours")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog").get_by_label("Time zone")).to_be_focused()
    await page.keyboard.type("Europe/Ber")
    await _tab_to(page, "Add hours on Monday")
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("Monday from")).to_be_focused()
    await page.keyboard.press("ControlOrMeta+a")
    await page.keyboard.type("930")
    await page.keyboard.press("Tab")
    await page.keyboard.press("ControlOrMeta+a")
    await page.keyboard.type("8")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Must come after opens")).to_be_visible()
    await expect(page.get_by_label("Monday to")).to_be_focused()
    await page.keyboard.press("ControlOrMeta+a")
    await page.keyboard.type("24")
    await _tab_to(page, "Add hours on Sunday")
    await page.keyboard.press("Space")
    await expect(page.get_by_label("Sunday from")).to_be_focused()
    await _tab_to(page, "Remove Sunday")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Add hours on Sunday")).to_be_focused()
    await _tab_to(page, "Save hours")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog")).to_be_hidden()

    days = page.get_by_role("list", name="Hours of the week").get_by_role("listitem")
    await expect(days.filter(has_text="Monday")).to_contain_text("09:30–24:00")
    await expect(days.filter(has_text="Sunday")).to_contain_text("Closed")
    pacing = await _pacing(fleet)
    assert pacing["timeZone"] == "Europe/Berlin"
    assert pacing["hours"] == [{"weekday": "MONDAY", "opens": "09:30", "closes": "24:00"}]
    assert visitor.complaints == []


async def test_a_bar_shows_what_is_used_and_left_and_advice_on_a_high_limit(
    visitor: Visitor, fleet: Fleet
) -> None:
    await fleet.create_task()
    await complete(fleet, await begin(fleet))
    page = await _open_account(visitor, fleet)
    connect = _limits_of(page, "Connect")
    # A new account begins with a fifth.
    await expect(connect).to_contain_text("1 of 4 used, 3 left (later 18)")
    await expect(connect).to_contain_text("1 of 18 used, 17 left (later 90)")
    await expect(connect).to_contain_text(re.compile(r"Next: in \d+ min"))
    await expect(_limits_of(page, "All actions together")).to_contain_text("1 of 24 used")
    bar = connect.get_by_role("progressbar", name="Connect, 24 hours, in percent of the limit")
    await expect(bar).to_have_attribute("aria-valuenow", "25")

    await _save_limits_of_connect(page, In_24_hours="50")
    await expect(connect).to_contain_text("1 of 10 used, 9 left (later 50)")
    await expect(connect).to_contain_text("More than 30 invitations a day")
    await _save_limits_of_connect(page, In_24_hours="")
    await expect(connect).to_contain_text("1 of 4 used, 3 left (later 18)")
    assert visitor.complaints == []


async def test_a_limit_that_is_too_high_is_refused_beside_its_field(
    visitor: Visitor, fleet: Fleet
) -> None:
    page = await _open_account(visitor, fleet)
    await page.get_by_role("button", name="Edit the limits of Message").click()
    field = page.get_by_role("dialog").get_by_label("In 24 hours")
    await field.fill("501")
    await page.get_by_role("dialog").get_by_role("button", name="Save").click()
    await expect(page.get_by_text("Must be between 0 and 500")).to_be_visible()
    await expect(field).to_be_focused()


async def test_a_waiting_task_says_why_and_counts_down_and_goes_when_the_gap_is_zero(
    visitor: Visitor, fleet: Fleet
) -> None:
    first = await fleet.create_task("jane-doe")
    second = await fleet.create_task("li-wei")
    fleet.start_agent()
    await fleet.until_status(first["id"], "completed")
    page = await _sign_in(visitor, fleet)
    queue = page.get_by_role("region", name="What waits")
    await expect(queue).to_contain_text("1 task waits. The last one starts in")
    await expect(queue).to_contain_text("Gap between two actions")

    await page.goto(f"{fleet.url}/tasks")
    row = page.get_by_role("row").filter(has_text="li-wei")
    await expect(row).to_contain_text(re.compile(r"in \d+ min.*: The account keeps a gap"))
    await row.get_by_role("link", name="li-wei").click()
    reasons = page.get_by_role("region", name="Why it waits")
    await expect(reasons).to_contain_text("The account keeps a gap between two actions")
    await expect(reasons).to_contain_text("If nothing changes, it starts in")
    left = reasons.get_by_role("listitem").first.locator("time")
    shown = await left.inner_text()
    await expect(left).not_to_have_text(shown)

    await page.get_by_role("link", name="My LinkedIn account").click()
    await _save_limits_of_connect(
        page, **{"Shortest gap, in seconds": "0", "Longest gap, in seconds": "0"}
    )
    await fleet.until_status(second["id"], "completed")
    await expect(_limits_of(page, "Connect")).to_contain_text("2 of 4 used, 2 left")
    await page.go_back()
    await expect(page.get_by_role("list").filter(has_text="Attempt 1 succeeded")).to_be_visible()
    await expect(reasons).to_be_hidden()
    assert visitor.complaints == []


async def test_a_stop_by_linkedin_is_lifted_by_a_person_who_confirms_it(
    visitor: Visitor, fleet: Fleet
) -> None:
    task = await fleet.create_task()
    await fail(fleet, "limit", retryable=True, providerLimit={"code": "WEEKLY_INVITATIONS"})
    page = await _open_account(visitor, fleet)
    stops = page.get_by_role("region", name="Stopped by LinkedIn")
    await expect(stops).to_contain_text("The weekly number of invitations is used up")
    await expect(stops).to_contain_text("Ends in 6 d 23 h")
    await stops.get_by_role("button", name="Lift").click()
    dialog = page.get_by_role("dialog", name="Lift the stop of “Connect”?")
    await dialog.get_by_role("button", name="Cancel").click()
    await expect(stops).to_be_visible()
    await stops.get_by_role("button", name="Lift").click()
    await dialog.get_by_role("button", name="Lift").click()
    await expect(stops).to_be_hidden()
    await page.goto(f"{fleet.url}/tasks/{task['id']}")
    await expect(page.get_by_text("was put off: LinkedIn has a limit")).to_be_visible()
    assert visitor.complaints == []


async def test_a_pause_has_a_note_and_an_end_at_which_it_ends_by_itself(
    visitor: Visitor, fleet: Fleet
) -> None:
    await fleet.create_task()
    page = await _open_account(visitor, fleet)
    await page.get_by_role("button", name="Pause", exact=True).click()
    dialog = page.get_by_role("dialog", name="Pause My LinkedIn account")
    until = dialog.get_by_label("Until")
    await until.fill("2020-01-01T10:00")
    await dialog.get_by_role("button", name="Pause").click()
    await expect(dialog.get_by_text("Must lie ahead")).to_be_visible()
    await dialog.get_by_label("Note").fill("on holiday")
    soon = (datetime.now(UTC) + timedelta(seconds=10)).astimezone()
    await until.fill(f"{soon:%Y-%m-%dT%H:%M:%S}")
    await dialog.get_by_role("button", name="Pause").click()
    await expect(page.get_by_text("Paused: “on holiday”")).to_be_visible()
    await expect(page.get_by_text("It resumes by itself on")).to_contain_text(", in ")
    await expect(page.get_by_text("Paused: “on holiday”")).to_be_hidden(timeout=30_000)
    await expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    assert visitor.complaints == []


async def test_a_paused_account_is_resumed_by_a_person(visitor: Visitor, fleet: Fleet) -> None:
    page = await _open_account(visitor, fleet)
    await page.get_by_role("button", name="Pause", exact=True).click()
    await page.get_by_role("dialog").get_by_role("button", name="Pause").click()
    await expect(page.get_by_text("until somebody resumes it")).to_be_visible()
    await page.get_by_role("button", name="Resume").click()
    await expect(page.get_by_text("until somebody resumes it")).to_be_hidden()


async def test_an_unpaced_account_is_protected_with_one_click(
    visitor: Visitor, fleet: Fleet
) -> None:
    page = await _open_account(visitor, fleet)
    await page.get_by_role("button", name="Switch pacing off").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Switch pacing off").click()
    await expect(page.get_by_text("This account is not paced")).to_be_visible()
    await expect(page.get_by_role("list", name="Limits")).to_be_hidden()
    await page.goto(f"{fleet.url}/")
    await expect(page.get_by_text("My LinkedIn account is not paced")).to_be_visible()
    await page.get_by_role("button", name="Protect this account").click()
    await expect(page.get_by_text("My LinkedIn account is paced now.")).to_be_visible()
    await expect(page.get_by_text("My LinkedIn account is not paced")).to_be_hidden()
    assert (await _pacing(fleet))["isOn"] is True
    assert visitor.complaints == []


async def test_a_task_shows_its_calendar_before_it_is_created(
    visitor: Visitor, fleet: Fleet
) -> None:
    await fleet.create_task()
    await complete(fleet, await begin(fleet))
    page = await _sign_in(visitor, fleet)
    await page.goto(f"{fleet.url}/tasks")
    await page.get_by_role("button", name="New task").click()
    calendar = page.get_by_role("region", name="Calendar")
    await expect(calendar).to_contain_text("Enter a profile")
    profile = page.get_by_role("dialog").get_by_label("Profile URL")
    await profile.fill("https://example.com/nobody")
    await expect(calendar.get_by_role("list", name="Problems")).to_contain_text("Profile URL")
    await profile.fill("https://linkedin.com/in/li-wei")
    await expect(calendar).to_contain_text(re.compile(r"It would start in \d+ min"))
    await expect(calendar.get_by_role("list", name="Days")).to_contain_text("1 × Connect")
    assert len((await fleet.rest("GET", "/tasks")).json()["tasks"]) == 1
    assert visitor.complaints == []


async def test_sign_up_says_what_linkedin_permits(visitor: Visitor) -> None:
    page = await visitor.open("/sign-up")
    await expect(
        page.get_by_text("LinkedIn's User Agreement does not permit third-party automation.")
    ).to_be_visible()
