"""Customers who order tasks through every fault, and know what they were promised."""

import asyncio
import itertools
import secrets
from collections import Counter
from contextlib import suppress
from typing import Any, Self

import httpx

_AT_ONCE = 3
_BETWEEN_SECONDS = 0.25
_AGAIN_SECONDS = 0.05


class Customers:
    """Each order is sent until it is acknowledged, under one Idempotency-Key."""

    def __init__(self, url: str, api_key: str, account_ids: list[str]) -> None:
        headers = {"Authorization": f"Bearer {api_key}"}
        self._client = httpx.AsyncClient(base_url=f"{url}/api/v1", headers=headers, timeout=40)
        self._accounts = itertools.cycle(account_ids)
        self._numbers = itertools.count()
        self._is_over = False
        self.acknowledged: dict[str, str] = {}
        self.tries = 0
        self.refusals: Counter[int] = Counter()

    async def __aenter__(self) -> Self:
        self._customers = [asyncio.create_task(self._go_on()) for _ in range(_AT_ONCE)]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._is_over = True
        await asyncio.gather(*self._customers)
        await self._client.aclose()

    async def create_task(self, **fields: Any) -> str:
        """Order one task; its id."""
        number = next(self._numbers)
        action = "message" if number % 3 == 0 else "connect"
        payload = {"profile_url": f"https://linkedin.com/in/slow-{number}"}
        if action == "message":
            payload["message"] = "Hello"
        wish = {
            "action_type": action,
            "payload": payload,
            "max_retries": 10,
            "linkedin_account_id": next(self._accounts),
            **fields,
        }
        key = secrets.token_hex(8)
        # There is nothing to wait for but that the next try goes better.
        task = await self._try(wish, key)
        while task is None:
            await asyncio.sleep(_AGAIN_SECONDS)
            task = await self._try(wish, key)
        self.acknowledged[task["id"]] = action
        task_id: str = task["id"]
        return task_id

    async def _try(self, wish: dict[str, Any], key: str) -> dict[str, Any] | None:
        self.tries += 1
        with suppress(httpx.TransportError):
            answer = await self._client.post("/tasks", json=wish, headers={"Idempotency-Key": key})
            if answer.status_code == 201:
                task: dict[str, Any] = answer.json()["task"]
                return task
            self.refusals[answer.status_code] += 1
        return None

    async def _go_on(self) -> None:
        while not self._is_over:
            await self.create_task()
            await asyncio.sleep(_BETWEEN_SECONDS)
