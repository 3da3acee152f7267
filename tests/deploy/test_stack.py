"""docker-compose.yml, run: two web processes and two workers behind the proxy, on real servers."""

import asyncio
import json

import httpx
import pytest

from tests.deploy.load import Load, Watchers
from tests.deploy.stack import Stack
from tests.journeys.fleet import Fleet
from tests.servers.receiver import Receiver
from tests.waiting import until

# One stack for all of them, whoever runs tests beside.
pytestmark = [pytest.mark.timeout(180), pytest.mark.xdist_group("stack")]


@pytest.fixture(scope="module")
def keys(stack: Stack) -> dict[str, str]:
    """A workspace, for everything that is tried on the stack."""
    return stack.bootstrap()


@pytest.fixture
def fleet(stack: Stack, keys: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Fleet:
    """Whoever uses the product, from outside of the proxy."""
    return Fleet(stack.url, {}, tmp_path_factory.mktemp("outside"), keys)


async def requests_seen(address: str) -> float:
    """How many requests to the API a web process has answered."""
    async with httpx.AsyncClient() as client:
        text = (await client.get(f"http://{address}:8000/metrics")).text
    counts = [
        line for line in text.splitlines() if line.startswith("zenmode_request_seconds_count")
    ]
    return sum(float(line.rpartition(" ")[2]) for line in counts)


async def test_a_task_goes_its_way_through_the_whole_stack(
    stack: Stack, fleet: Fleet, receiver: Receiver
) -> None:
    await fleet.register(receiver.url("/hook"))
    task = await fleet.create_task()
    async with fleet.watching(task["id"]) as watcher:
        fleet.start_agent()
        try:
            await fleet.until_status(task["id"], "completed", within_seconds=30)
            statuses = await watcher
        finally:
            fleet.stop()
    (request,) = await receiver.wait_for(1, within_seconds=20)
    assert statuses[-1] == "COMPLETED"
    assert json.loads(request.body)["data"]["task_id"] == task["id"]
    await until(lambda: _have_told_of_the_delivery(stack))
    # What operators read is none of the world's business.
    async with httpx.AsyncClient() as client:
        assert (await client.get(f"{stack.url}/metrics")).status_code == 404


async def _have_told_of_the_delivery(stack: Stack) -> bool:
    async with httpx.AsyncClient() as client:
        pages = [await client.get(f"http://{one.address}:9100/metrics") for one in stack.workers]
    return any('attempts_total{outcome="delivered"} 1.0' in page.text for page in pages)


async def test_no_process_has_a_right_or_can_write_to_its_root(stack: Stack) -> None:
    for container in (stack.redis, *stack.web, *stack.workers, stack.proxy):
        assert container.status("CapEff") == "0000000000000000"
        assert container.status("NoNewPrivs") == "1"
        assert container.run(["touch", "/root-is-written"]).returncode != 0
        peak_bytes = int(container.status("VmHWM").split()[0]) * 1024
        assert peak_bytes < container.memory_limit


async def test_requests_are_spread_over_the_web_processes(stack: Stack, fleet: Fleet) -> None:
    before = [await requests_seen(one.address) for one in stack.web]
    await asyncio.gather(*(fleet.rest("GET", "/tasks") for _ in range(20)))
    after = [await requests_seen(one.address) for one in stack.web]
    assert all(late > early for early, late in zip(before, after, strict=True))


async def test_the_proxy_answers_in_the_apis_words_when_no_web_process_is_ready(
    stack: Stack, fleet: Fleet
) -> None:
    for container in stack.web:
        container.close()
    try:

        async def refusal() -> httpx.Response | None:
            answer = await fleet.rest("GET", "/tasks")
            return answer if answer.status_code == 503 else None

        answer = await until(refusal, 30)
    finally:
        stack.start(*stack.web)
    assert answer is not None
    assert answer.headers["retry-after"] == "5"
    body = answer.json()
    assert (body["code"], set(body)) == ("unavailable", {"error", "code", "request_id"})
    await until(lambda: _is_through(fleet), 20)


async def _is_through(fleet: Fleet) -> bool:
    return (await fleet.rest("GET", "/tasks")).status_code == 200


async def test_a_rolling_restart_loses_no_request_and_no_final_status(
    stack: Stack, fleet: Fleet
) -> None:
    tasks = [(await fleet.create_task())["id"] for _ in range(20)]
    watchers = Watchers(stack.url, fleet.keys["api_key"], tasks)
    load = Load(stack.url, fleet.keys["api_key"])
    async with watchers, load:
        await watchers.until_all_watch()
        for number, container in enumerate(stack.web):
            replacing = asyncio.create_task(asyncio.to_thread(stack.replace, container))
            ended = tasks[number * 10 : number * 10 + 10]
            for task_id in ended:
                assert (await fleet.rest("DELETE", f"/tasks/{task_id}")).status_code == 200
            await replacing
        await watchers.until_all_have_ended()
    there = await fleet.graphql("{ tasks(first: 1) { totalCount } }")

    assert load.lost == []
    assert load.answered == load.sent
    assert watchers.last_seen == dict.fromkeys(tasks, "CANCELLED")
    assert there["tasks"]["totalCount"] >= load.created
    print(f"{load} {watchers}")
