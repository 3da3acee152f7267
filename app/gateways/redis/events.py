"""The fleet's events over Redis: one subscription a process, and what waits goes out together.

Publishing never keeps an answer waiting: events go out from a queue, many in one message, with a
deadline. What could not be sent is made up for by one ResyncRequired, after which every listener
reads the database again; so is every reconnection.
"""

import asyncio
import contextlib
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from random import random
from time import monotonic
from typing import Any

import orjson
from redis.exceptions import RedisError

from app.domain.event import Event, ResyncRequired
from app.gateways.background import end, start_loop
from app.gateways.metrics import Metrics
from app.gateways.outage import Outage
from app.gateways.redis.event_messages import (
    MISSED_BY_ALL,
    AddressedEvent,
    CredentialChanged,
    read_messages,
)
from app.gateways.redis.mailbox import Mailbox
from app.gateways.throttled_log import ThrottledLog

CHANNEL = "zenmode:events"
_QUEUE_LENGTH = 10_000
_BATCH = 500
_MOST_BYTES_TOGETHER = 64 * 1024
_RETRY_SECONDS = 0.5
# The first event after a quiet time goes out at once; those of the next so many seconds go out
# together. What a message costs every process hardly depends on how many events it has.
_GATHER_SECONDS = 0.01
_PING_SECONDS = 5.0
_FIRST_VERSION = 1


class Events:
    """Publishes this process's events and passes those of all processes to its listeners."""

    def __init__(self, publisher: Any, subscriber: Any, metrics: Metrics) -> None:
        self._metrics = metrics
        self._publisher = publisher
        self._subscriber = subscriber
        self._queue: deque[bytes] = deque()
        self._has_work = asyncio.Event()
        self._listeners: defaultdict[str, set[Mailbox]] = defaultdict(set)
        self._credential_listeners: list[Callable[[str], None]] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._is_listening = asyncio.Event()
        self._listen_outage = Outage("the connection for events was lost")
        self._publish_outage = Outage("events could not be published")
        self._unreadable = ThrottledLog("events could not be read")
        self._undelivered = ThrottledLog("an event could not be passed on")
        # Whether something was taken from the queue and not sent, so that all must look.
        self._has_lost_some = False
        self.failures = 0

    def start(self) -> None:
        """Begin to publish and to listen, in the background."""
        self._tasks = [
            start_loop("publish events", self._publish_for_ever),
            start_loop("listen to events", self._listen_for_ever),
        ]

    async def close(self) -> None:
        """Send what waits, if Redis answers in time, and disconnect."""
        if self._queue:
            with contextlib.suppress(RedisError, OSError, TimeoutError):
                await self._send(list(self._queue))
        await end(*self._tasks)
        await self._publisher.aclose()
        await self._subscriber.aclose()

    def task_changed(self, snapshot: dict[str, object]) -> None:
        """A task is as this snapshot says."""
        is_new = snapshot["version"] == _FIRST_VERSION
        self._metrics.task_moved("created" if is_new else str(snapshot["status"]))
        self._publish({"kind": "task", "workspace_id": snapshot["workspace_id"], "task": snapshot})

    def delivery_changed(self, workspace_id: str, webhook_id: int, delivery_id: str) -> None:
        """A delivery was made or has moved."""
        ids = {"webhook_id": webhook_id, "delivery_id": delivery_id}
        self._publish({"kind": "delivery", "workspace_id": workspace_id, **ids})

    def work_appeared(self, workspace_id: str, account_ids: list[str]) -> None:
        """There may be work for these accounts, though no task has changed."""
        ids = {"account_ids": account_ids}
        self._publish({"kind": "work", "workspace_id": workspace_id, **ids})

    def credential_changed(self, credential_id: str) -> None:
        """A credential was revoked, or what it stands for has changed."""
        self._publish({"kind": "credential", "credential_id": credential_id})

    def on_credential_change(self, listener: Callable[[str], None]) -> None:
        """Call `listener` with the id of each credential that changed anywhere."""
        self._credential_listeners.append(listener)

    @asynccontextmanager
    async def listen(self, workspace_id: str) -> AsyncIterator[Mailbox]:
        """A mailbox that gets the workspace's events from now on."""
        mailbox = Mailbox()
        self._listeners[workspace_id].add(mailbox)
        try:
            yield mailbox
        finally:
            self._listeners[workspace_id].discard(mailbox)
            if not self._listeners[workspace_id]:
                del self._listeners[workspace_id]

    @property
    def is_connected(self) -> bool:
        """Whether events come in at the moment."""
        return self._is_listening.is_set()

    @property
    def listener_count(self) -> int:
        """How many mailboxes are open."""
        return sum(len(mailboxes) for mailboxes in self._listeners.values())

    def _publish(self, message: dict[str, object]) -> None:
        if len(self._queue) >= _QUEUE_LENGTH:
            self._queue.clear()
            self._has_lost_some = True
        self._queue.append(orjson.dumps(message))
        self._has_work.set()

    async def _publish_for_ever(self) -> None:
        gathered_at = 0.0
        while True:
            if not (self._queue or self._has_lost_some):
                self._has_work.clear()
                await self._has_work.wait()
            await asyncio.sleep(gathered_at - monotonic())
            gathered_at = monotonic() + _GATHER_SECONDS
            try:
                await self._publish_some()
                self._publish_outage.worked()
            except (RedisError, OSError, TimeoutError) as error:
                self._note_failure(self._publish_outage, error)
                await asyncio.sleep(_RETRY_SECONDS)

    async def _publish_some(self) -> None:
        if self._has_lost_some:
            await self._send([MISSED_BY_ALL])
        batch = [self._queue.popleft() for _ in range(min(len(self._queue), _BATCH))]
        self._has_lost_some = bool(batch)
        if batch:
            await self._send(batch)
            self._has_lost_some = False

    async def _send(self, messages: list[bytes]) -> None:
        pipeline = self._publisher.pipeline(transaction=False)
        for together in _joined(messages):
            pipeline.publish(CHANNEL, together)
        await pipeline.execute()

    async def _listen_for_ever(self) -> None:
        while True:
            try:
                await self._listen()
            except (RedisError, OSError, TimeoutError) as error:
                self._note_failure(self._listen_outage, error)
            finally:
                self._is_listening.clear()
            await asyncio.sleep(_RETRY_SECONDS * (0.5 + random()))

    async def _listen(self) -> None:
        async with self._subscriber.pubsub(ignore_subscribe_messages=False) as pubsub:
            await pubsub.subscribe(CHANNEL)
            while True:
                message = await pubsub.get_message(timeout=_PING_SECONDS)
                if message is None:
                    await asyncio.wait_for(pubsub.ping(), _PING_SECONDS)
                elif message["type"] == "subscribe":
                    self._is_listening.set()
                    self._listen_outage.worked()
                    self._notify_all(ResyncRequired())
                elif message["type"] == "message":
                    self._take(message["data"])

    def _take(self, data: bytes) -> None:
        """What a message says goes to whom it is for; one that is no good stops nothing."""
        received = read_messages(data)
        if received.unreadable_count:
            self._unreadable.warn(count=received.unreadable_count)
        for message in received.messages:
            try:
                self._dispatch(message)
            except Exception as error:
                self._undelivered.warn(error=type(error).__name__)

    def _dispatch(self, message: AddressedEvent | CredentialChanged) -> None:
        if isinstance(message, CredentialChanged):
            for listener in self._credential_listeners:
                listener(message.credential_id)
        elif message.workspace_id is None:
            self._notify_all(message.event)
        else:
            for mailbox in tuple(self._listeners.get(message.workspace_id, ())):
                mailbox.put(message.event)

    def _notify_all(self, event: Event) -> None:
        for mailboxes in self._listeners.values():
            for mailbox in mailboxes:
                mailbox.put(event)

    def _note_failure(self, outage: Outage, error: BaseException) -> None:
        self.failures += 1
        outage.failed(error)


def _joined(messages: list[bytes]) -> Iterator[bytes]:
    """JSON lists of all of them, none much longer than it may be."""
    together: list[bytes] = []
    length = 0
    for message in messages:
        together.append(message)
        length += len(message)
        if length > _MOST_BYTES_TOGETHER:
            yield b"[%s]" % b",".join(together)
            together, length = [], 0
    if together:
        yield b"[%s]" % b",".join(together)
