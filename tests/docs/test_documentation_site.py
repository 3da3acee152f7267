"""The documentation site, as people read it in a browser and programs fetch it."""

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from playwright.async_api import Locator, Page, expect

from app.domain.error_codes import ERROR_CODES
from app.rest.openapi import openapi_document
from tests.browser.chromium import Visitor, chromium_path, visiting
from tests.journeys.fleet import Fleet, running_fleet
from tests.servers.receiver import Receiver

pytestmark = pytest.mark.timeout(180)
_WIDTHS = (390, 768, 1440)


@pytest.fixture
async def fleet(
    site: Path, sqlite_url: str, redis_url: str, receiver: Receiver, tmp_path: Path
) -> AsyncIterator[Fleet]:
    """The product, with its documentation built."""
    async with running_fleet(sqlite_url, redis_url, receiver, tmp_path) as running:
        yield running


@pytest.fixture
async def visitor(fleet: Fleet) -> AsyncIterator[Visitor]:
    chromium_path()
    async with visiting(fleet.url, permissions=["clipboard-read", "clipboard-write"]) as somebody:
        yield somebody


def pages(site: Path) -> list[str]:
    return sorted(
        f"/docs/{page.relative_to(site).as_posix().removesuffix('.html')}"
        for page in site.rglob("*.html")
    )


def test_no_page_has_an_inline_script_or_loads_from_elsewhere(site: Path) -> None:
    for page in site.rglob("*.html"):
        text = page.read_text()
        assert re.findall(r"<script(?![^>]*(?:src=|application/json))", text) == [], page
        assert re.findall(r"<style|\sstyle=", text) == [], page
        assert re.findall(r'<(?:script|img|iframe)[^>]*src="(?!/docs/)', text) == [], page
        assert re.findall(r'<link[^>]*rel="stylesheet"[^>]*href="(?!/docs/)', text) == [], page


def test_parts_of_the_navigation_have_names_of_their_own(site: Path) -> None:
    for page in site.rglob("*.html"):
        labels = re.findall(r'<nav\b[^>]*\baria-label="([^"]*)"', page.read_text())
        assert len(labels) == len(set(labels)), page


def test_a_request_is_shown_in_curl_python_and_node(site: Path) -> None:
    for name in ("api", "graphql", "quickstart", "webhooks"):
        text = (site / f"{name}.html").read_text()
        tabs = re.findall(r'<label for="__tabbed_\d+_\d+">([^<]*)</label>', text)
        assert tabs.count("curl") >= 1, name
        assert tabs.count("curl") == tabs.count("Python") == tabs.count("Node"), name


def test_every_link_within_the_site_leads_to_a_page_and_an_anchor(site: Path) -> None:
    texts = {
        f"/docs/{path.relative_to(site).as_posix().removesuffix('.html')}": path.read_text()
        for path in site.rglob("*.html")
    }
    texts["/docs"] = texts["/docs/index"]
    broken = []
    for url, text in texts.items():
        for link in re.findall(r'<a [^>]*href="([^"]*)"', text):
            target, _, anchor = link.partition("#")
            target = target or url
            is_file = (site / target.removeprefix("/docs/")).is_file()
            is_lost = target.startswith("/docs") and not is_file and target not in texts
            has_anchor = not anchor or target not in texts or f'id="{anchor}"' in texts[target]
            if is_lost or not has_anchor:
                broken.append(f"{url}: {link}")
    assert broken == []


def test_every_operation_of_the_openapi_document_links_to_its_section(site: Path) -> None:
    document = openapi_document("")
    text = (site / "rest-reference.html").read_text()
    operations = [one for path in document["paths"].values() for one in path.values()]
    for operation in operations:
        page, _, anchor = operation["externalDocs"]["url"].partition("#")
        assert page.endswith("/docs/rest-reference")
        assert f'id="{anchor}"' in text


def test_every_page_is_in_the_navigation(site: Path) -> None:
    navigation = (site / "index.html").read_text()
    names = [page.relative_to(site).as_posix() for page in site.rglob("*.html")]
    urls = [f"/docs/{name.removesuffix('.html')}" for name in names if name != "index.html"]
    assert [url for url in urls if f'href="{url}"' not in navigation] == []


def test_every_error_code_has_its_anchor(site: Path) -> None:
    text = (site / "errors.html").read_text()
    codes = [code for row in ERROR_CODES for code in (row.rest, row.graphql) if code]
    assert [code for code in codes if text.count(f'id="{code}"') != 1] == []


async def test_programs_get_markdown_with_the_url_that_they_asked(fleet: Fleet) -> None:
    async with httpx.AsyncClient(base_url=fleet.url) as client:
        listed = (await client.get("/docs/llms.txt")).text
        links = re.findall(r"\]\((\S+)\)", listed)
        assert all(one.startswith(f"{fleet.url}/docs/") for one in links)
        for link in links:
            page = await client.get(link)
            assert page.status_code == 200
            assert page.headers["content-type"] == "text/markdown; charset=utf-8"
            assert "https://www.zen-mode.io" not in page.text


async def test_pages_are_compressed_and_revalidated(fleet: Fleet) -> None:
    async with httpx.AsyncClient(base_url=fleet.url) as client:
        page = await client.get("/docs/api")
        assert page.headers["content-encoding"] == "gzip"
        assert page.headers["cache-control"] == "no-cache"
        known = {"If-None-Match": page.headers["etag"]}
        assert (await client.get("/docs/api", headers=known)).status_code == 304
        (script,) = re.findall(r'src="(/docs/assets/javascripts/bundle[^"]*)"', page.text)
        assert "immutable" in (await client.get(script)).headers["cache-control"]


async def test_no_page_breaks_its_policy_or_scrolls_sideways(visitor: Visitor, site: Path) -> None:
    page = await visitor.open("/docs")
    wide = []
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme)
        for path in pages(site):
            await page.goto(f"{visitor.url}{path}")
            for width in _WIDTHS:
                await page.set_viewport_size({"width": width, "height": 800})
                if await page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                    wide.append(f"{path} at {width}")
        shown = await page.evaluate("document.body.dataset.mdColorScheme")
        assert shown == {"light": "default", "dark": "slate"}[scheme]
    assert wide == []
    assert visitor.complaints == []


async def opened_search(page: Page) -> Locator:
    """The search's field, once the page's script has made it and listens to its keys."""
    search = page.locator("input[role=combobox]")
    await search.wait_for(state="attached")
    await page.keyboard.press("Control+k")
    await search.wait_for()
    return search


async def test_a_reader_searches_follows_a_result_and_copies_an_example(visitor: Visitor) -> None:
    page = await visitor.open("/docs")
    search = await opened_search(page)
    await search.fill("create a task")
    await page.locator("a[href*='rest-reference?h='][href$='#createTask']").first.click()
    await page.wait_for_url("**/docs/rest-reference**#createTask")
    await page.get_by_text("Python", exact=True).first.click()
    block = page.locator(".tabbed-block:visible", has_text="requests.post").first
    await expect(block).to_contain_text(f"{visitor.url}/api/v1/tasks")
    await block.hover()
    await block.locator(".md-code__button, button").first.click()
    copied = await page.evaluate("navigator.clipboard.readText()")
    assert f'"{visitor.url}/api/v1/tasks"' in copied
    await page.goto(f"{visitor.url}/docs/api")
    await expect(page.locator(".tabbed-block:visible", has_text="curl")).to_have_count(0)
    assert visitor.complaints == []


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("install the agent on another computer", "questions#how-do-i-install-the-agent"),
        ("driver that acts on linkedin", "questions#is-there-a-driver"),
        ("call graphql from a program", "questions#how-do-i-call-graphql"),
        ("outcome_unknown", "questions#which-values-can-resulterrorcode-have"),
        ("profile urls accepted", "questions#which-linkedin-profile-urls"),
        ("refused request rate limit", "questions#does-a-refused-request-count"),
        ("x-ratelimit-reset seconds", "questions#is-x-ratelimit-reset"),
        ("cancelled task 500", "questions#does-a-cancelled-or-retried-task"),
        ("offset paging", "questions#does-offset-paging"),
        ("delete a person's data", "questions#how-long-are-tasks-kept"),
        ("trial ends", "questions#what-happens-when-the-trial-ends"),
        ("forgot my password", "questions#i-forgot-my-password"),
        ("ip addresses webhooks", "questions#from-which-ip-addresses"),
        ("working hours", "questions#how-fast-are-actions-performed"),
        ("versioned", "questions#how-are-the-apis-versioned"),
        ("base url", "questions#which-base-url"),
    ],
)
def test_each_question_has_an_answer(site: Path, words: str, page: str) -> None:
    name, anchor = page.split("#")
    index = json.loads((site / "search.json").read_text())["items"]
    (item,) = [one for one in index if one["location"].startswith(f"{name}#{anchor}")]
    text = f"{item['title']} {item['text']}".lower()
    assert [word for word in words.split() if word not in text] == []


async def test_the_search_finds_each_answer(visitor: Visitor) -> None:
    page = await visitor.open("/docs")
    search = await opened_search(page)
    for words, anchor in (
        ("forgot password", "i-forgot-my-password-what-can-i-do"),
        ("offset paging", "does-offset-paging-skip-or-repeat-tasks"),
        ("trial", "what-happens-when-the-trial-ends-how-do-i-pay"),
    ):
        await search.fill(words)
        await page.locator(f"a[href$='#{anchor}']").first.wait_for()
