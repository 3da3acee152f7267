"""The documentation site, as people read it in a browser and programs fetch it."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote_plus

import httpx
import pytest
from playwright.async_api import Locator, Page, expect

from app.domain.error_codes import ERROR_CODES
from app.rest.openapi import openapi_document
from tests.browser.chromium import Visitor, axe_source, chromium_path, visiting
from tests.journeys.fleet import Fleet, running_fleet
from tests.servers.receiver import Receiver

pytestmark = pytest.mark.timeout(180)
_PHONE, _TABLET, _DESKTOP = 390, 768, 1440
_WIDTHS = (_PHONE, _TABLET, _DESKTOP)


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


# In the colours of its scheme, and nothing on its way from one colour to the other; what scrolls
# at this width can be reached by keyboard, as the page's script sees to once it knows the width.
_SETTLED = """
scheme => document.body.dataset.mdColorScheme === scheme
  && !document.getAnimations().some(one => one instanceof CSSTransition)
  && [...document.querySelectorAll('pre > code')].every(
    one => one.scrollWidth <= one.clientWidth || one.tabIndex === 0
  )
"""
_IS_TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"
_AXE = "options => axe.run(document, {resultTypes: ['violations'], ...options})"
# The two schemes differ in nothing but colours.
_SCHEMES: dict[Literal["light", "dark"], tuple[str, dict[str, Any]]] = {
    "light": ("default", {}),
    "dark": ("slate", {"runOnly": {"type": "rule", "values": ["color-contrast"]}}),
}
_LONGEST_SNIPPET = 160


async def violations(page: Page, options: dict[str, Any]) -> list[str]:
    """What axe finds on the page as it is shown now."""
    if not await page.evaluate("() => 'axe' in window"):
        await page.evaluate(axe_source())
    results = await page.evaluate(_AXE, options)
    return [
        f"{rule['id']}: {node['html'][:_LONGEST_SNIPPET]}"
        for rule in results["violations"]
        for node in rule["nodes"]
    ]


async def faults(page: Page) -> AsyncIterator[str]:
    """What is wrong with the page in one of its colours or widths."""
    for media, (scheme, options) in _SCHEMES.items():
        await page.emulate_media(color_scheme=media, reduced_motion="reduce")
        for width in _WIDTHS:
            await page.set_viewport_size({"width": width, "height": 800})
            await page.wait_for_function(_SETTLED, arg=scheme)
            found = ["scrolls sideways"] if await page.evaluate(_IS_TOO_WIDE) else []
            if width != _TABLET:
                found += await violations(page, options)
            for one in found:
                yield f"{page.url} ({media}, {width} px): {one}"


@pytest.mark.timeout(400)
async def test_no_page_scrolls_sideways_or_breaks_its_policy_or_a_rule_of_axe(
    visitor: Visitor, site: Path
) -> None:
    async def visit(paths: list[str]) -> list[str]:
        page = await visitor.open("/docs")
        found = []
        for path in paths:
            await page.goto(f"{visitor.url}{path}")
            found += [fault async for fault in faults(page)]
        return found

    # In two tabs, each with a process of its own.
    some, others = await asyncio.gather(visit(pages(site)[::2]), visit(pages(site)[1::2]))
    assert not [*some, *others], "\n".join([*some, *others])
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


_QUESTIONS = {
    "questions#how-do-i-install-the-agent-on-another-computer": (
        "How do I install the agent on another computer?",
        "install agent windows",
    ),
    "questions#is-there-a-driver-that-acts-on-linkedin": (
        "Is there a driver that acts on LinkedIn?",
        "real driver",
    ),
    "questions#how-do-i-call-graphql-from-a-program": (
        "How do I call GraphQL from a program?",
        "connection_init",
    ),
    "graphql": ("graphql",),
    "pacing": ("pacing",),
    "graphql#limits": ("graphql limits",),
    "errors": ("graphql error codes", "error catalogue"),
    "questions#which-values-can-resulterrorcode-have": (
        "values of result.error.code",
        "lease expired",
        "outcome_unknown",
    ),
    "questions#which-linkedin-profile-urls-are-accepted": (
        "Which profile URLs are accepted?",
        "profile addresses",
        "sales navigator",
    ),
    "questions#does-a-refused-request-count-against-the-rate-limit": ("refused request budget",),
    "questions#is-x-ratelimit-reset-a-number-of-seconds-or-a-time": (
        "X-RateLimit-Reset seconds or epoch",
    ),
    "questions#does-a-cancelled-or-retried-task-count-against-the-500-tasks-a-day": (
        "cancelled task 500",
        "retried task count",
    ),
    "questions#does-offset-paging-skip-or-repeat-tasks": ("offset paging", "paging skipped"),
    "questions#how-long-are-tasks-kept": ("How long are tasks kept?",),
    "questions#how-do-i-delete-a-persons-data": ("delete a person's data", "GDPR"),
    "questions#what-happens-when-the-trial-ends-how-do-i-pay": ("trial ends", "how do I pay"),
    "questions#i-forgot-my-password-how-can-i-reset-it": ("forgotten password", "reset password"),
    "questions#from-which-ip-addresses-do-webhooks-come-can-i-add-a-header": (
        "webhook IP addresses",
        "custom header",
    ),
    "questions#how-fast-are-actions-performed-are-there-working-hours": ("working hours",),
    "questions#how-are-the-apis-versioned": ("API versioning", "deprecation"),
    "questions#which-base-url-do-i-use-a-hosted-one-or-my-own": ("base URL", "base address"),
}


async def test_each_question_is_answered_by_the_first_hit(visitor: Visitor) -> None:
    page = await visitor.open("/docs")
    search = await opened_search(page)
    missed = []
    for answer, wordings in _QUESTIONS.items():
        for words in wordings:
            await search.fill(words)
            # The result's link carries the words, so it is not one of the search before. The
            # list is put in order as results arrive.
            sought = f"?h={quote_plus(words)}"
            path, mark, anchor = answer.partition("#")
            wanted = re.compile(re.escape(f"/docs/{path}{sought}{mark}{anchor}") + "$")
            hit = page.locator(f'a[href*="{sought}"]').first
            try:
                await expect(hit).to_have_attribute("href", wanted, timeout=5_000)
            except AssertionError:
                missed.append(f"{words}: {await hit.get_attribute('href', timeout=1_000)}")
    assert not missed, "\n".join(missed)
