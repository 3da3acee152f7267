"""The list of tasks as a person uses it: searching, dates, exporting, the keyboard."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import Page, expect

from tests.browser.chromium import Visitor
from tests.journeys.fleet import Fleet

pytestmark = pytest.mark.timeout(120)
_CREATE = (
    "mutation ($inputs: [CreateTaskInput!]!) { createTasks(inputs: $inputs) { tasks { id } } }"
)


async def _open_list(visitor: Visitor, fleet: Fleet, query: str = "") -> Page:
    page = await visitor.sign_in(fleet.keys["email"], fleet.keys["password"])
    await page.goto(f"{fleet.url}/tasks{query}")
    return page


async def test_tasks_are_found_by_profile_by_id_and_by_day(visitor: Visitor, fleet: Fleet) -> None:
    jane = await fleet.create_task("jane-doe")
    await fleet.create_task("li-wei")
    page = await _open_list(visitor, fleet)
    rows = page.get_by_role("row")
    search = page.get_by_label("Search by profile URL or task ID")
    await expect(rows).to_have_count(3)

    await page.keyboard.press("/")
    await expect(search).to_be_focused()
    await search.fill("https://www.linkedin.com/in/Jane-Doe/")
    await search.press("Enter")
    await expect(rows).to_have_count(2)
    await expect(rows.nth(1)).to_contain_text("jane-doe")
    # Live updates obey the filter.
    await fleet.create_task("li-wei")
    await fleet.create_task("jane-doe", action_type="follow")
    await expect(rows).to_have_count(3)
    await page.reload()
    await expect(search).to_have_value("https://www.linkedin.com/in/Jane-Doe/")
    await expect(rows).to_have_count(3)

    await page.get_by_role("button", name="Clear search").click()
    await expect(rows).to_have_count(5)
    day_after = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()
    await page.get_by_label("Created from").fill(day_after)
    await expect(page.get_by_text("No matching tasks")).to_be_visible()
    await page.get_by_role("button", name="Clear", exact=True).click()
    await expect(rows).to_have_count(5)

    await search.fill(jane["id"])
    await search.press("Enter")
    await expect(page.get_by_role("heading", name="Connect jane-doe")).to_be_visible()
    assert visitor.complaints == []


async def test_the_filtered_list_is_exported_as_csv(visitor: Visitor, fleet: Fleet) -> None:
    one = {
        "actionType": "CONNECT",
        "payload": {"profileUrl": "https://linkedin.com/in/jane", "message": '=1+1, "hi"\nיעל'},
    }
    for _ in range(3):
        await fleet.graphql(_CREATE, inputs=[one] * 50)
    await fleet.create_task("li-wei", action_type="follow")
    page = await _open_list(visitor, fleet, "?action_type=connect")
    async with page.expect_download() as downloading:
        await page.get_by_role("button", name="Export CSV").click()
    file = await (await downloading.value).path()
    exported = list(csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline="")))
    assert len(exported) == len({row["id"] for row in exported}) == 150
    assert {row["message"] for row in exported} == {'\'=1+1, "hi"\nיעל'}
    assert {row["status"] for row in exported} == {"pending"}
    await expect(page.get_by_text("Exported 150 tasks.")).to_be_visible()
    assert visitor.complaints == []


async def test_the_keyboard_has_a_list_of_shortcuts_which_can_be_switched_off(
    visitor: Visitor, fleet: Fleet
) -> None:
    page = await visitor.sign_in(fleet.keys["email"], fleet.keys["password"])
    await page.keyboard.press("?")
    shortcuts = page.get_by_role("dialog", name="Keyboard shortcuts")
    await expect(shortcuts).to_contain_text("Search tasks")
    await page.keyboard.press("Escape")
    await expect(shortcuts).to_be_hidden()
    await page.keyboard.press("/")
    search = page.get_by_label("Search by profile URL or task ID")
    await expect(search).to_be_focused()
    await page.keyboard.type("a?/b")
    await expect(search).to_have_value("a?/b")
    await expect(shortcuts).to_be_hidden()

    await page.get_by_role("heading", name="Tasks", exact=True).click()
    await page.keyboard.press("?")
    await shortcuts.get_by_label("Use single-key shortcuts").click()
    await page.keyboard.press("Escape")
    await expect(page.locator("#main")).to_be_focused()
    await page.keyboard.press("?")
    await expect(search).to_have_value("a?/b")
    await expect(shortcuts).to_be_hidden()


async def test_the_row_of_a_failed_task_says_why_and_a_dry_run_is_marked(
    visitor: Visitor, fleet: Fleet
) -> None:
    failing = await fleet.create_task("fail-always", max_retries=0)
    fine = await fleet.create_task("jane-doe")
    fleet.start_agent()
    await fleet.until_status(failing["id"], "failed")
    await fleet.until_status(fine["id"], "completed")
    page = await _open_list(visitor, fleet)
    rows = page.get_by_role("row")
    await expect(rows.filter(has_text="fail-always")).to_contain_text("dry_run_failure")
    await expect(rows.filter(has_text="jane-doe")).to_contain_text("Dry run")
