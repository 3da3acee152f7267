"""People who go on using the product while its processes are replaced."""

import asyncio
import json
from contextlib import suppress
from typing import Any, Self

import httpx
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.waiting import until

_AT_ONCE = 6
_TASK = {
    "action_type": "connect",
    "payload": {"profile_url": "https://linkedin.com/in/jane-doe"},
}


class Load:
    """Makes tasks and reads lists, one request after the other, several at once."""

    def __init__(self, url: str, api_key: str) -> None:
        headers = {"Authorization": f"Bearer {api_key}"}
        limits = httpx.Limits(max_connections=_AT_ONCE, max_keepalive_connections=_AT_ONCE)
        self._client = httpx.AsyncClient(
            base_url=f"{url}/api/v1", headers=headers, timeout=20, limits=limits
        )
        self._is_over = False
        self.sent = self.answered = self.created = 0
        self.lost: list[str] = []

    async def __aenter__(self) -> Self:
        self._users = [asyncio.create_task(self._use()) for _ in range(_AT_ONCE)]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._is_over = True
        await asyncio.gather(*self._users)
        await self._client.aclose()

    def __str__(self) -> str:
        return f"{self.sent} requests sent, {self.answered} answered, {len(self.lost)} lost."

    async def _use(self) -> None:
        while not self._is_over:
            await self._ask("POST", json=_TASK)
            await self._ask("GET")

    async def _ask(self, method: str, **options: Any) -> None:
        self.sent += 1
        try:
            answer = await self._client.request(method, "/tasks", **options)
        except httpx.HTTPError as error:
            self.lost.append(repr(error))
            return
        if not answer.is_success:
            self.lost.append(f"{method}: {answer.status_code} {answer.text[:200]}")
            return
        self.answered += 1
        self.created += method == "POST"


class Watchers:
    """One live view for each task, by one connection each, that comes back whenever it is cut."""

    def __init__(self, url: str, api_key: str, task_ids: list[str]) -> None:
        self._url = f"{url.replace('http', 'ws')}/graphql"
        self._api_key = api_key
        self._task_ids = task_ids
        self.last_seen: dict[str, str] = {}
        self.resumed = 0

    async def __aenter__(self) -> Self:
        self._watching = [asyncio.create_task(self._watch(one)) for one in self._task_ids]
        return self

    async def __aexit__(self, *_: object) -> None:
        for watching in self._watching:
            watching.cancel()
        await asyncio.gather(*self._watching, return_exceptions=True)

    def __str__(self) -> str:
        missed = len(self._task_ids) - sum(one == "CANCELLED" for one in self.last_seen.values())
        return f"{len(self._task_ids)} subscriptions, {self.resumed} resumed, {missed} missed."

    async def until_all_watch(self) -> None:
        await until(lambda: len(self.last_seen) == len(self._task_ids), 20)

    async def until_all_have_ended(self) -> None:
        await until(lambda: all(one.done() for one in self._watching), 20)

    async def _watch(self, task_id: str) -> None:
        has_ended = False
        while not has_ended:
            with suppress(ConnectionClosed, InvalidStatus, OSError, TimeoutError):
                has_ended = await self._watch_once(task_id)
            self.resumed += not has_ended

    async def _watch_once(self, task_id: str) -> bool:
        """Whether the subscription has come to its end."""
        async with connect(self._url, subprotocols=["graphql-transport-ws"]) as connection:
            payload: dict[str, Any] = {"authorization": f"Bearer {self._api_key}"}
            await connection.send(json.dumps({"type": "connection_init", "payload": payload}))
            await connection.recv()
            payload = {"query": f'subscription {{ task(id: "{task_id}") {{ status }} }}'}
            await connection.send(json.dumps({"id": "1", "type": "subscribe", "payload": payload}))
            async for frame in connection:
                message = json.loads(frame)
                if message["type"] == "complete":
                    return True
                self.last_seen[task_id] = message["payload"]["data"]["task"]["status"]
        return False
