"""A real browser, which keeps an eye on what no page of ours may do."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, Page, async_playwright, expect

from app.http.site.dashboard import BUILT

_ROOT = Path(__file__).parents[2]
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_WAIT_MS = 15_000
expect.set_options(timeout=_WAIT_MS)
# A container's root has no user namespaces to build a sandbox from.
_ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage"]


def axe_source() -> str:
    """The accessibility checker that the dashboard's packages bring."""
    return (_ROOT / "dashboard/node_modules/axe-core/axe.min.js").read_text()


def chromium_path() -> str:
    """The machine's Chromium. Without it, or without a built dashboard, the test is skipped."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    if found and (BUILT / "index.html").exists():
        return found
    lacking = "run 'make dashboard'" if found else "install chromium"
    told = f"THE DASHBOARD WAS NOT TRIED IN A BROWSER: {lacking} (see .ci/run)"
    if os.environ.get("ZENMODE_TEST_NEEDS_BROWSER"):
        pytest.fail(told)
    pytest.skip(told)


@dataclass
class Visitor:
    """One person's browser. `complaints` is what pages threw, or tried against their policy."""

    url: str
    context: BrowserContext
    complaints: list[str] = field(default_factory=list)

    async def open(self, path: str = "/") -> Page:
        """A new tab, at an address of the product."""
        page = await self.context.new_page()
        page.set_default_timeout(_WAIT_MS)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda message: self._heard(page, message.type, message.text))
        await page.goto(f"{self.url}{path}")
        return page

    def _heard(self, page: Page, kind: str, text: str) -> None:
        if kind == "error" or "Content Security Policy" in text:
            self.complaints.append(f"{page.url}: {text}")

    async def sign_in(self, email: str, password: str) -> Page:
        """A tab at the overview."""
        page = await self.open("/sign-in")
        await page.get_by_label("Email").fill(email)
        await page.get_by_role("textbox", name="Password").fill(password)
        await page.get_by_role("button", name="Sign in").click()
        await page.get_by_role("heading", name="Overview", level=1).wait_for()
        return page


@asynccontextmanager
async def visiting(url: str, **options: object) -> AsyncIterator[Visitor]:
    """A browser with no history; `options` as Playwright's `new_context` takes them."""
    executable = chromium_path()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=executable, args=_ARGUMENTS)
        context = await browser.new_context(**options)  # type: ignore[arg-type]
        try:
            yield Visitor(url, context)
        finally:
            await browser.close()
