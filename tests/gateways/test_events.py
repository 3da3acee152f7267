"""The fleet's events, through a real Redis: whatever is published, and what comes of it."""

import asyncio
from collections.abc import AsyncIterator
from time import monotonic
from typing import Any

import orjson
import pytest

from app.domain.event import DeliveryChanged, ResyncRequired, TaskChanged, WorkAppeared
from app.gateways import background
from app.gateways.metrics import Metrics
from app.gateways.redis.event_messages import read_messages
from app.gateways.redis.events import _GATHER_SECONDS, CHANNEL, Events
from app.gateways.redis.redis_connection import connect_redis
from app.settings import load_settings
from tests.servers.redis import RedisServer
from tests.waiting import until

TASK = {"id": "task_1", "workspace_id": "ws_1", "status": "pending", "version": 2}
UNREADABLE = [
    b"garbage",
    b"\xff\xfe",
    b"",
    b"null",
    b"5",
    b'"text"',
    b'{"kind": "missed"}',
    b"[1]",
    b"[null]",
    b'["missed"]',
    b"[[]]",
    b"[{}]",
    b'[{"kind": "x"}]',
    b'[{"kind": 5}]',
    b'[{"kind": ["task"]}]',
    b'[{"kind": "task"}]',
    b'[{"kind": "credential"}]',
    b'[{"kind": "credential", "credential_id": 5}]',
    b'[{"kind": "task", "workspace_id": 5, "task": {"id": "task_1"}}]',
    b"[" * 100_000,
]
# For the workspace something has changed, though nobody can say what.
VAGUE = [
    b'[{"kind": "x", "workspace_id": "ws_1"}]',
    b'[{"kind": "task", "workspace_id": "ws_1"}]',
    b'[{"kind": "task", "workspace_id": "ws_1", "task": []}]',
    b'[{"kind": "task", "workspace_id": "ws_1", "task": {"id": null}}]',
    b'[{"kind": "delivery", "workspace_id": "ws_1", "webhook_id": "1", "delivery_id": "dlv_1"}]',
    b'[{"kind": "delivery", "workspace_id": "ws_1", "webhook_id": 1}]',
    b'[{"kind": "work", "workspace_id": "ws_1", "account_ids": "acc_1"}]',
    b'[{"kind": "work", "workspace_id": "ws_1", "account_ids": [["acc_1"]]}]',
]


def address_of(url: str) -> Any:
    return load_settings(
        {
            "ZENMODE_DATABASE_URL": "sqlite:////nowhere/zenmode.db",
            "ZENMODE_REDIS_URL": url,
            "ZENMODE_SECRET_KEY": "k" * 32,
        },
        env_file=None,
    ).redis


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[Any]:
    async with connect_redis(address_of(redis_url)) as client:
        yield client


def events_of(redis_url: str) -> Events:
    address = address_of(redis_url)
    return Events(connect_redis(address), connect_redis(address), Metrics())


@pytest.fixture
async def events(redis_url: str) -> AsyncIterator[Events]:
    events = events_of(redis_url)
    events.start()
    await until(lambda: events.is_connected)
    yield events
    await events.close()


@pytest.mark.parametrize("message", UNREADABLE, ids=lambda message: repr(message[:50]))
async def test_what_cannot_be_read_is_passed_over_and_logged(
    events: Events, redis: Any, message: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    async with events.listen("ws_1") as mailbox:
        await redis.publish(CHANNEL, message)
        events.task_changed(TASK)

        assert await mailbox.get(5) == TaskChanged("ws_1", TASK)
        assert events.is_connected
    assert "events could not be read" in capsys.readouterr().out


@pytest.mark.parametrize("message", VAGUE, ids=lambda message: repr(message[:60]))
async def test_what_is_vague_makes_its_workspace_look(
    events: Events, redis: Any, message: bytes
) -> None:
    async with events.listen("ws_1") as ours, events.listen("ws_2") as theirs:
        await redis.publish(CHANNEL, message)
        for workspace_id in ("ws_1", "ws_2"):
            events.work_appeared(workspace_id, ["acc_1"])

        assert await ours.get(5) == ResyncRequired()
        assert await ours.get(5) == WorkAppeared("ws_1", ("acc_1",))
        assert await theirs.get(5) == WorkAppeared("ws_2", ("acc_1",))
        assert events.is_connected


def test_one_bad_message_takes_none_of_its_neighbours_along() -> None:
    work = {"kind": "work", "workspace_id": "ws_1", "account_ids": ["acc_1"]}
    delivery = {"kind": "delivery", "workspace_id": "ws_1", "webhook_id": 1, "delivery_id": "dlv_1"}

    received = read_messages(orjson.dumps([work, "garbage", {"kind": "x"}, delivery]))

    assert [one.event for one in received.messages] == [  # type: ignore[union-attr]
        WorkAppeared("ws_1", ("acc_1",)),
        DeliveryChanged("ws_1", 1, "dlv_1"),
    ]
    assert received.unreadable_count == 2


async def test_a_listener_that_breaks_holds_no_message_back(events: Events) -> None:
    heard = []

    def broken(_credential_id: str) -> None:
        raise ValueError("odd")

    events.on_credential_change(heard.append)
    events.on_credential_change(broken)
    async with events.listen("ws_1") as mailbox:
        events.credential_changed("key_1")
        events.task_changed(TASK)
        assert await mailbox.get(5) == TaskChanged("ws_1", TASK)
    assert heard == ["key_1"]


class Flaky:
    """A client of Redis that fails, in words that nobody foresaw, as often as it is told to."""

    def __init__(self, real: Any, failures: int) -> None:
        self._real = real
        self._failures = failures

    def pubsub(self, **options: Any) -> Any:
        self._fail()
        return self._real.pubsub(**options)

    def pipeline(self, **options: Any) -> Any:
        self._fail()
        return self._real.pipeline(**options)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def _fail(self) -> None:
        if self._failures:
            self._failures -= 1
            raise IndexError("pop from an empty deque")


async def test_after_any_failure_events_are_published_and_received_again(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "_FIRST_PAUSE_SECONDS", 0.01)
    address = address_of(redis_url)
    events = Events(Flaky(connect_redis(address), 3), Flaky(connect_redis(address), 3), Metrics())
    events.start()
    try:
        await until(lambda: events.is_connected)
        async with events.listen("ws_1") as mailbox:
            events.task_changed(TASK)
            # The event itself was lost with the failure; that something was is told.
            assert await mailbox.get(5) == ResyncRequired()
            events.task_changed(TASK)
            assert await mailbox.get(5) == TaskChanged("ws_1", TASK)
    finally:
        await events.close()


async def test_what_was_lost_while_redis_was_away_makes_everybody_look(
    fragile_redis: RedisServer,
) -> None:
    events = events_of(fragile_redis.url)
    events.start()
    try:
        await until(lambda: events.is_connected)
        async with events.listen("ws_1") as mailbox:
            await asyncio.to_thread(fragile_redis.stop)
            await until(lambda: not events.is_connected, 10)
            events.task_changed(TASK)
            await until(lambda: events.failures > 1, 10)
            await asyncio.to_thread(fragile_redis.start)
            assert await mailbox.get(10) == ResyncRequired()
            await until(lambda: events.is_connected)
    finally:
        await events.close()


async def test_under_load_few_messages_carry_all_events(redis_url: str, redis: Any) -> None:
    async with redis.pubsub(ignore_subscribe_messages=True) as channel:
        await channel.subscribe(CHANNEL)
        events = events_of(redis_url)
        events.start()
        began = monotonic()
        published = received = messages = 0
        while published < 200 or received < published:
            if published < 200:
                events.task_changed(TASK)
                published += 1
            message = await channel.get_message(timeout=0.001)
            if message is not None:
                messages += 1
                received += len(read_messages(message["data"]).messages)
        took = monotonic() - began
        await events.close()
    assert messages <= 2 + took / _GATHER_SECONDS
    assert messages < published
