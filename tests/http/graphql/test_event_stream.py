"""Subscriptions over HTTP: server-sent events and multipart, through a real server."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from tests.http import toy as toys
from tests.http.serving import serving
from tests.http.toy import GOOD, NEIGHBOUR, SESSION, Toy
from tests.waiting import until

EVENTS = {"Accept": "text/event-stream", "Authorization": f"Bearer {GOOD}"}
MULTIPART = {
    "Accept": "multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/json",
    "Authorization": f"Bearer {GOOD}",
}


@pytest.fixture
async def url(toy: Toy) -> AsyncIterator[str]:
    async with serving(toy.app) as address:
        yield f"{address}/graphql"


@asynccontextmanager
async def streaming(url: str, query: str, headers: dict[str, str]) -> AsyncIterator[httpx.Response]:
    async with (
        httpx.AsyncClient(timeout=20) as client,
        client.stream("POST", url, json={"query": query}, headers=headers) as answer,
    ):
        yield answer


async def events_of(answer: httpx.Response) -> list[tuple[str, Any]]:
    """Every event until the stream ends: its name, and its data."""
    events, name = [], ""
    async for line in answer.aiter_lines():
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            data = line.removeprefix("data: ")
            events.append((name, json.loads(data) if data else None))
    return events


async def test_events_come_one_by_one_and_then_the_end(url: str) -> None:
    async with streaming(url, "subscription { count }", EVENTS) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert answer.headers["x-request-id"].startswith("req_")
        assert answer.headers["ratelimit"] == '"requests";r=999;t=60'
        assert await events_of(answer) == [
            *(("next", {"data": {"count": number}}) for number in (1, 2, 3)),
            ("complete", None),
        ]


async def test_a_query_may_be_answered_as_an_event(url: str) -> None:
    async with streaming(url, "{ hello }", EVENTS) as answer:
        assert await events_of(answer) == [
            ("next", {"data": {"hello": "hello you"}}),
            ("complete", None),
        ]


async def test_the_bytes_of_an_event_stream_are_those_that_every_client_reads(url: str) -> None:
    async with streaming(url, "subscription { count(to: 1) }", EVENTS) as answer:
        assert answer.headers["content-type"] == "text/event-stream"
        assert answer.headers["x-accel-buffering"] == "no"
        assert answer.headers["cache-control"] == "no-cache, no-transform"
        told = await answer.aread()
    assert told == b'event: next\ndata: {"data":{"count":1}}\n\nevent: complete\ndata: \n\n'


async def test_multipart_carries_the_same(url: str) -> None:
    async with streaming(url, "subscription { count(to: 2) }", MULTIPART) as answer:
        assert (
            answer.headers["content-type"]
            == 'multipart/mixed; boundary="graphql"; subscriptionSpec=1.0'
        )
        assert answer.headers["x-accel-buffering"] == "no"
        told = await answer.aread()
    part = b"\r\n--graphql\r\ncontent-type: application/json\r\n\r\n%s"
    bodies = [b"{}", b'{"payload":{"data":{"count":1}}}', b'{"payload":{"data":{"count":2}}}']
    assert told == b"".join(part % body for body in bodies) + b"\r\n--graphql--\r\n"


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("multipart/mixed;subscriptionSpec=1.0", "multipart/mixed"),
        ('multipart/mixed; boundary="graphql"; subscriptionSpec="1.0"', "multipart/mixed"),
        ("multipart/mixed;boundary=-;subscriptionSpec=1.0, application/json", "multipart/mixed"),
        ("application/json, Multipart/Mixed; SubscriptionSpec=1.0", "multipart/mixed"),
        ("text/event-stream, multipart/mixed;subscriptionSpec=1.0", "text/event-stream"),
        ("text/event-stream;q=0, multipart/mixed;subscriptionSpec=1.0", "multipart/mixed"),
        ("TEXT/EVENT-STREAM;charset=utf-8", "text/event-stream"),
        ("multipart/mixed;deferSpec=20220824,application/json", "application/json"),
        ("multipart/mixed", "application/json"),
        ("*/*", "application/json"),
        ("", "application/json"),
    ],
)
async def test_the_stream_is_the_one_that_the_client_reads(
    url: str, accept: str, content_type: str
) -> None:
    headers = EVENTS | {"Accept": accept}
    async with streaming(url, "subscription { count }", headers) as answer:
        assert answer.headers["content-type"].partition(";")[0] == content_type


async def test_a_query_of_a_multipart_client_has_a_plain_answer(url: str) -> None:
    async with streaming(url, "{ hello }", MULTIPART) as answer:
        assert answer.headers["content-type"] == "application/json; charset=utf-8"


async def test_what_may_not_run_is_reported_as_an_event(url: str) -> None:
    async with streaming(url, "subscription { nope }", EVENTS) as answer:
        (name, body), last = await events_of(answer)
    assert (name, list(body), last) == ("next", ["errors"], ("complete", None))
    assert body["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


@pytest.mark.parametrize(("field", "code"), [("refused", "CONFLICT"), ("breaks", "INTERNAL")])
@pytest.mark.parametrize("headers", [EVENTS, MULTIPART])
async def test_errors_in_a_stream_are_masked_like_all_others(
    url: str, field: str, code: str, headers: dict[str, str]
) -> None:
    async with streaming(url, f"subscription {{ {field} }}", headers) as answer:
        text = (await answer.aread()).decode()
    assert f'"code":"{code}"' in text
    assert "hunter2" not in text


async def test_a_plain_answer_cannot_hold_a_subscription(url: str) -> None:
    headers = {"Authorization": f"Bearer {GOOD}"}
    async with streaming(url, "subscription { count }", headers) as answer:
        body = json.loads(await answer.aread())
    assert body["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


async def test_a_subscription_needs_a_post(url: str) -> None:
    async with httpx.AsyncClient() as client:
        query = {"query": "subscription { count }"}
        answer = await client.get(url, params=query, headers=EVENTS)
    assert answer.status_code == 405


async def test_a_stream_opens_for_nobody_unknown(url: str, toy: Toy) -> None:
    bad = EVENTS | {"Authorization": "Bearer zm_bad"}
    cookie = {"Accept": "text/event-stream", "Cookie": f"zenmode_session={SESSION}"}
    for headers, status in [(bad, 401), (cookie, 403)]:
        async with streaming(url, "subscription { count }", headers) as answer:
            assert answer.status_code == status
    toy.access_control.remaining = 0
    async with streaming(url, "subscription { count }", EVENTS) as answer:
        assert answer.status_code == 429


async def test_a_revoked_key_ends_its_streams(url: str, toy: Toy) -> None:
    async with streaming(url, "subscription { forever }", EVENTS) as answer:
        await until(lambda: toys.running)
        toy.access_control.revoke(GOOD)
        async with asyncio.timeout(5):
            events = await events_of(answer)
    assert [name for name, _ in events] == ["next", "next", "complete"]
    assert events[1][1]["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    await until(lambda: not toys.running)


async def test_the_end_of_billing_ends_the_streams(url: str, toy: Toy) -> None:
    async with streaming(url, "subscription { forever }", EVENTS) as answer:
        await until(lambda: toys.running)
        toy.access_control.end_subscription(GOOD)
        async with asyncio.timeout(5):
            events = await events_of(answer)
    assert events[1][1]["errors"][0]["extensions"]["code"] == "NO_ACTIVE_SUBSCRIPTION"


async def test_a_gate_that_breaks_ends_the_streams_and_says_no_word_of_credentials(
    url: str, toy: Toy
) -> None:
    async with streaming(url, "subscription { forever }", EVENTS) as answer:
        await until(lambda: toys.running)
        toy.access_control.is_broken = True
        async with asyncio.timeout(5):
            events = await events_of(answer)
    assert events[1][1]["errors"][0]["extensions"]["code"] == "UNAVAILABLE"


async def test_a_workspace_has_its_share_of_event_streams_and_no_more(url: str, toy: Toy) -> None:
    toy.door.event_streams.share = 2
    forever = "subscription { forever }"
    async with streaming(url, forever, EVENTS), streaming(url, forever, MULTIPART):
        await until(lambda: len(toys.running) == 2)
        async with streaming(url, forever, EVENTS) as third:
            assert third.status_code == 503
            assert int(third.headers["retry-after"]) > 0
            body = json.loads(await third.aread())
        assert body["errors"][0]["extensions"]["code"] == "UNAVAILABLE"
        neighbour = EVENTS | {"Authorization": f"Bearer {NEIGHBOUR}"}
        async with streaming(url, "subscription { count }", neighbour) as other:
            assert len(await events_of(other)) == 4
    await until(lambda: toy.door.event_streams.taken == 0)
    async with streaming(url, "subscription { count }", EVENTS) as again:
        assert len(await events_of(again)) == 4
    await until(lambda: toy.door.event_streams.taken == 0)


async def test_a_stream_goes_on_while_nobody_can_tell(url: str, toy: Toy) -> None:
    async with streaming(url, "subscription { forever }", EVENTS):
        await until(lambda: toys.running)
        toy.access_control.is_away = True
        seen = len(toy.access_control.admitted)
        await until(lambda: len(toy.access_control.admitted) > seen + 1)
        assert toys.running


async def test_streams_end_when_the_process_is_about_to_go(url: str, toy: Toy) -> None:
    async with streaming(url, "subscription { forever }", EVENTS) as answer:
        await until(lambda: toys.running)
        toy.door.closing.set()
        async with asyncio.timeout(5):
            assert [name for name, _ in await events_of(answer)] == ["next", "complete"]


async def test_a_client_that_leaves_leaves_nothing_behind(url: str, toy: Toy) -> None:
    async with streaming(url, "subscription { forever }", EVENTS):
        await until(lambda: toys.running)
    await until(lambda: not toys.running)
    tasks = {task.get_coro().__qualname__ for task in asyncio.all_tasks()}
    assert not {name for name in tasks if "CredentialMonitor" in name}


async def test_a_query_is_answered_plainly_to_a_client_that_names_streams_beside_json(
    url: str,
) -> None:
    accept = "application/graphql-response+json, application/json, text/event-stream"
    async with streaming(url, "{ __typename }", {**EVENTS, "Accept": accept}) as answer:
        assert answer.headers["content-type"].startswith("application/graphql-response+json")
    async with streaming(url, "subscription { count }", {**EVENTS, "Accept": accept}) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
