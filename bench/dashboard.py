"""The dashboard in a real browser: what a visit loads, a change's way to the screen, smoothness.

Needs Chromium (Debian's package) and the built dashboard. The server, the driver and the browser
share the machine, as they would on a laptop.
"""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from shutil import which
from statistics import median, quantiles
from typing import Any

import httpx
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from bench.serving import free_port
from tests.waiting import until

TASKS = 10_000
ACCOUNTS = 20
CHANGES_A_SECOND = 50
_SECONDS = 8
_VIEW = {"width": 1440, "height": 900}

_CREATE = (
    """mutation ($inputs: [CreateTaskInput!]!) { createTasks(inputs: $inputs) { tasks { id } } }"""
)
_CONNECT = """mutation ($input: ConnectLinkedinAccountInput!) {
  connectLinkedinAccount(input: $input) { linkedinAccount { id } } }"""
_CLAIM = """mutation ($input: ClaimTasksInput!) {
  claimTasks(input: $input) { leases { leaseToken task { id } } } }"""
_START = "mutation ($input: LeaseInput!) { startTask(input: $input) { lease { leaseToken } } }"
_COMPLETE = "mutation ($input: CompleteTaskInput!) { completeTask(input: $input) { task { id } } }"

# A change is on the screen when the frame that shows it has been handed over: after its callbacks.
_WATCH_CHANGES = """() => {
  const seen = new Map();
  window.delays = [];
  const look = () => {
    for (const row of document.querySelectorAll("tbody tr")) {
      const at = [...row.querySelectorAll("time")].at(-1)?.dateTime;
      const id = row.querySelector("a")?.href;
      if (!at || seen.get(id) === at) continue;
      seen.set(id, at);
      if (!window.isWatching) continue;
      requestAnimationFrame(() => {
        const painted = new MessageChannel();
        painted.port1.onmessage = () => window.delays.push(Date.now() - Date.parse(at));
        painted.port2.postMessage(0);
      });
    }
  };
  look();
  window.isWatching = true;
  const all = { subtree: true, childList: true, attributes: true, characterData: true };
  new MutationObserver(look).observe(document.querySelector("main"), all);
}"""
_COUNT_FRAMES = """async (ms) => {
  const frames = [];
  const until = performance.now() + ms;
  let last = await new Promise(requestAnimationFrame);
  while (last < until) {
    const now = await new Promise(requestAnimationFrame);
    frames.push(now - last);
    last = now;
  }
  return frames;
}"""


def run() -> None:
    """Measure, and print a table."""
    if not (chromium := which("chromium")):
        sys.exit("bench: the dashboard is measured in Chromium, which is not here")
    with tempfile.TemporaryDirectory() as folder, _product(Path(folder)) as (url, owner):
        asyncio.run(_measure(url, owner, chromium))


@contextmanager
def _product(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    port = free_port()
    environ = os.environ | {
        "ZENMODE_DATA_DIR": str(folder),
        "ZENMODE_DAILY_TASK_LIMIT": "1000000",
        "ZENMODE_RATE_LIMIT_PER_MINUTE": "1000000",
    }
    zenmode = [sys.executable, "-m", "app.cli"]
    told = subprocess.run(
        [*zenmode, "bootstrap", "--json"], env=environ, check=True, capture_output=True, text=True
    )
    process = subprocess.Popen([*zenmode, "up", "--port", str(port)], env=environ)
    try:
        yield f"http://localhost:{port}", json.loads(told.stdout)
    finally:
        process.terminate()
        process.wait(30)


async def _measure(url: str, owner: dict[str, str], chromium: str) -> None:
    async with async_playwright() as playwright, httpx.AsyncClient(timeout=20) as http:
        await until(lambda: _is_ready(http, url), within_seconds=30)
        agent = _Driver(http, url, owner)
        await agent.prepare()
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        session = await _visits(browser, url, owner)
        async with _page(browser, session) as page:
            await _delays(page, url, agent)
            await agent.create_tasks(TASKS)
            await _smoothness(page, url, agent)
        await browser.close()


async def _is_ready(http: httpx.AsyncClient, url: str) -> bool:
    try:
        return (await http.get(f"{url}/readyz")).is_success
    except httpx.TransportError:
        return False


@asynccontextmanager
async def _page(browser: Browser, session: Any = None) -> AsyncIterator[Page]:
    context: BrowserContext = await browser.new_context(viewport=_VIEW, storage_state=session)
    yield await context.new_page()
    await context.close()


async def _visits(browser: Browser, url: str, owner: dict[str, str]) -> Any:
    """Prints what a first visit loads; returns the session."""
    async with _page(browser) as page:
        print(f"| first visit, /sign-in | {await _loaded_kb(page, f'{url}/sign-in'):.0f} kB |")
        await page.get_by_label("Email").fill(owner["email"])
        await page.get_by_label("Password", exact=True).fill(owner["password"])
        await page.get_by_role("button", name="Sign in").click()
        await page.get_by_role("heading", name="Overview").wait_for()
        session = await page.context.storage_state()
    for path in ("/", "/tasks"):
        async with _page(browser, session) as page:
            print(f"| first visit, {path} | {await _loaded_kb(page, url + path):.0f} kB |")
    return session


async def _loaded_kb(page: Page, url: str) -> float:
    """Everything that came over the wire, answers of the API too, until the network is quiet."""
    sizes: list[float] = []
    wire = await page.context.new_cdp_session(page)
    await wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    await page.goto(url)
    await page.wait_for_selector("h1")
    await page.wait_for_timeout(1_500)
    return sum(sizes) / 1_000


async def _delays(page: Page, url: str, agent: "_Driver") -> None:
    await page.goto(f"{url}/tasks")
    await page.get_by_role("heading", name="Tasks", exact=True).wait_for()
    await agent.create_tasks(1)
    await page.wait_for_selector("tbody tr")
    await page.evaluate(_WATCH_CHANGES)
    for _ in range(25):
        await agent.create_tasks(1)
        for _ in range(3):
            await page.wait_for_timeout(70)
            await agent.step(agent.lanes[0])
    await page.wait_for_timeout(500)
    delays = await page.evaluate("window.delays")
    p95 = quantiles(delays, n=20)[-1]
    print(f"| from a change to the screen, {len(delays)} of them: median, p95 | "
          f"{median(delays):.0f} ms, {p95:.0f} ms |")  # fmt: skip


async def _smoothness(page: Page, url: str, agent: "_Driver") -> None:
    await page.goto(f"{url}/tasks")
    await page.wait_for_selector("tbody tr")
    while int(await page.get_attribute("table", "aria-rowcount") or 0) < TASKS:
        await page.evaluate("scrollTo(0, document.body.scrollHeight)")
        await page.wait_for_timeout(50)
    await page.evaluate("scrollTo(0, 200000)")
    driving = asyncio.create_task(agent.drive())
    await _frames(page, "still")
    scrolling = asyncio.create_task(_scroll(page))
    await _frames(page, "scrolling")
    scrolling.cancel()
    driving.cancel()
    rate = agent.changes / agent.seconds
    print(f"| changes a second meanwhile, among {TASKS:,} loaded tasks | {rate:.0f} |")


async def _frames(page: Page, name: str) -> None:
    frames = await page.evaluate(_COUNT_FRAMES, _SECONDS * 1_000)
    p99 = quantiles(frames, n=100)[-1]
    print(f"| a frame, {name}: median, p99, longest | "
          f"{median(frames):.1f} ms, {p99:.1f} ms, {max(frames):.1f} ms |")  # fmt: skip


async def _scroll(page: Page) -> None:
    await page.mouse.move(800, 500)
    for number in range(10_000):
        await page.mouse.wheel(0, 500 if number % 30 < 18 else -500)
        await asyncio.sleep(0.03)


class _Driver:
    """Orders tasks, and carries them out at an even pace: one lane for each account."""

    def __init__(self, http: httpx.AsyncClient, url: str, owner: dict[str, str]) -> None:
        self._http = http
        self._url = f"{url}/graphql"
        self._owner = owner
        self.lanes: list[dict[str, Any]] = []
        self.changes = 0
        self.seconds = 0.0

    async def prepare(self) -> None:
        """Connects the accounts."""
        for number in range(ACCOUNTS):
            profile = f"https://linkedin.com/in/account-{number}"
            asked = {"name": f"Account {number}", "profileUrl": profile}
            made = await self._ask("agent_token", _CONNECT, input=asked)
            account = made["connectLinkedinAccount"]["linkedinAccount"]["id"]
            self.lanes.append({"account": account, "lease": None, "next": "claim"})

    async def create_tasks(self, count: int) -> None:
        """Creates tasks with priorities of their own, so that they change all over the list."""
        inputs = [
            {
                "actionType": "FOLLOW",
                "linkedinAccountId": self.lanes[number % ACCOUNTS]["account"],
                "payload": {"profileUrl": f"https://linkedin.com/in/person-{number}"},
                "priority": number * 7_919 % 201 - 100,
            }
            for number in range(count)
        ]
        for start in range(0, count, 100):
            await self._ask("api_key", _CREATE, inputs=inputs[start : start + 100])

    async def drive(self) -> None:
        """So many changes a second, until cancelled."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        while True:
            await self.step(self.lanes[self.changes % ACCOUNTS])
            self.changes += 1
            self.seconds = loop.time() - began
            await asyncio.sleep(max(0, self.changes / CHANGES_A_SECOND - self.seconds))

    async def step(self, lane: dict[str, Any]) -> None:
        """The next change in a lane: a task is claimed, begun or completed."""
        if lane["next"] == "claim":
            wanted = {"linkedinAccountIds": [lane["account"]], "limit": 1, "leaseSeconds": 300}
            claimed = await self._ask("agent_token", _CLAIM, input=wanted)
            (lease,) = claimed["claimTasks"]["leases"]
            lane["lease"] = {"taskId": lease["task"]["id"], "leaseToken": lease["leaseToken"]}
            lane["next"] = "start"
        elif lane["next"] == "start":
            await self._ask("agent_token", _START, input=lane["lease"])
            lane["next"] = "complete"
        else:
            await self._ask("agent_token", _COMPLETE, input=lane["lease"])
            lane["next"] = "claim"

    async def _ask(self, token: str, query: str, **variables: object) -> dict[str, Any]:
        answer = await self._http.post(
            self._url,
            json={"query": query, "variables": variables},
            headers={"Authorization": f"Bearer {self._owner[token]}"},
        )
        body = answer.json()
        if "errors" in body:
            raise RuntimeError(body["errors"])
        data: dict[str, Any] = body["data"]
        return data
