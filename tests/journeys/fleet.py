"""The product as separate processes: web, worker and agent, each started as in production."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import httpx
from gql import Client, gql
from gql.transport.websockets import WebsocketsTransport

from tests.servers.process import ServerProcess
from tests.waiting import until


class HasAuthority(Protocol):
    """A receiver whose certificate an authority of its own has signed."""

    @property
    def ca_bundle(self) -> Path: ...


_ZENMODE = Path(sys.executable).with_name("zenmode")
_START_SECONDS = 20


@dataclass
class Fleet:
    """Where it answers, who may ask, and its processes by name."""

    url: str
    settings: Mapping[str, str]
    folder: Path
    keys: dict[str, str] = field(default_factory=dict)
    processes: dict[str, ServerProcess] = field(default_factory=dict)

    def start(self, name: str, *arguments: str) -> ServerProcess:
        """One more process, known by this name."""
        folder = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=self.folder))
        command = ["/usr/bin/env", *(f"{key}={value}" for key, value in self.settings.items())]
        process = ServerProcess([*command, str(_ZENMODE), *arguments], folder)
        self.processes[name] = process
        return process

    def start_web(self) -> ServerProcess:
        """The web process; `until_ready` waits for it."""
        return self.start("web", "web", "--port", self.url.rpartition(":")[2])

    def start_worker(self, name: str = "worker") -> ServerProcess:
        """A worker."""
        return self.start(name, "worker")

    def start_agent(self, pace_seconds: float = 0.1) -> ServerProcess:
        """A desktop agent with the dry-run driver."""
        token = self.keys["agent_token"]
        words = ["--url", self.url, "--token", token, "--pace", str(pace_seconds)]
        return self.start("agent", "agent", *words, "--data-dir", str(self.folder / "agent"))

    async def until_ready(self) -> None:
        """Wait until requests are answered."""
        async with httpx.AsyncClient() as client:

            async def is_ready() -> bool:
                try:
                    return (await client.get(f"{self.url}/readyz")).status_code == 200
                except httpx.TransportError:
                    return False

            await until(is_ready, _START_SECONDS)

    def run(self, *arguments: str) -> str:
        """What a command prints."""
        done = subprocess.run(
            [_ZENMODE, *arguments],
            env=os.environ | self.settings,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    async def rest(self, method: str, path: str, **options: Any) -> httpx.Response:
        """A request as a developer sends it."""
        headers = {"Authorization": f"Bearer {self.keys['api_key']}", **options.pop("headers", {})}
        async with httpx.AsyncClient() as client:
            return await client.request(
                method, f"{self.url}/api/v1{path}", headers=headers, timeout=20, **options
            )

    async def create_task(self, slug: str = "jane-doe", **fields: Any) -> dict[str, Any]:
        """A task, made over REST."""
        body = {
            "action_type": "connect",
            "payload": {"profile_url": f"https://linkedin.com/in/{slug}"},
            **fields,
        }
        answer = await self.rest("POST", "/tasks", json=body)
        assert answer.status_code == 201, answer.text
        task: dict[str, Any] = answer.json()["task"]
        return task

    async def register(self, url: str) -> dict[str, Any]:
        """A webhook for both events."""
        body = {"url": url, "events": ["task.completed", "task.failed"]}
        answer = await self.rest("POST", "/webhooks", json=body)
        assert answer.status_code == 201, answer.text
        webhook: dict[str, Any] = answer.json()["webhook"]
        return webhook

    async def until_status(
        self, task_id: str, status: str, within_seconds: float = 15
    ) -> dict[str, Any]:
        """The task, once it has this status."""

        async def reached() -> dict[str, Any] | None:
            task: dict[str, Any] = (await self.rest("GET", f"/tasks/{task_id}")).json()["task"]
            return task if task["status"] == status else None

        found = await until(reached, within_seconds)
        assert found is not None
        return found

    async def graphql(self, query: str, **variables: Any) -> dict[str, Any]:
        """The data of an operation by API key."""
        return await self._graphql(self.keys["api_key"], query, variables)

    async def graphql_by_agent(self, query: str, **variables: Any) -> dict[str, Any]:
        """The data of an operation by the agent's token."""
        return await self._graphql(self.keys["agent_token"], query, variables)

    async def _graphql(self, token: str, query: str, variables: dict[str, Any]) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {token}"}
        async with httpx.AsyncClient() as client:
            answer = await client.post(
                f"{self.url}/graphql",
                headers=headers,
                json={"query": query, "variables": variables},
                timeout=20,
            )
        body = answer.json()
        assert "errors" not in body, body
        data: dict[str, Any] = body["data"]
        return data

    @asynccontextmanager
    async def watching(self, task_id: str) -> AsyncIterator[asyncio.Task[list[str]]]:
        """A live subscriber, whose result is every status that it saw, to the end."""
        watcher = asyncio.create_task(self._watch(task_id))
        try:
            yield watcher
        finally:
            watcher.cancel()

    async def _watch(self, task_id: str) -> list[str]:
        transport = WebsocketsTransport(
            url=f"{self.url.replace('http', 'ws')}/graphql",
            init_payload={"authorization": f"Bearer {self.keys['api_key']}"},
            subprotocols=["graphql-transport-ws"],
        )
        watched = gql(f'subscription {{ task(id: "{task_id}") {{ status }} }}')
        async with Client(transport=transport) as session:
            return [one["task"]["status"] async for one in session.subscribe(watched)]

    def stop(self) -> None:
        """End every process."""
        for process in self.processes.values():
            process.stop(signal.SIGKILL)


@asynccontextmanager
async def running_fleet(
    database_url: str, redis_url: str, receiver: HasAuthority, folder: Path, **settings: str
) -> AsyncIterator[Fleet]:
    """Web and worker on a real database and Redis, with one workspace bootstrapped."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    environ = {
        "ZENMODE_DATABASE_URL": database_url,
        "ZENMODE_REDIS_URL": redis_url,
        "ZENMODE_SECRET_KEY": "k" * 32,
        "ZENMODE_PACING": "off",
        "ZENMODE_DATA_DIR": str(folder / "data"),
        "ZENMODE_WEBHOOK_ALLOWED_NETWORKS": "127.0.0.0/8,::1/128",
        "ZENMODE_WEBHOOK_CA_BUNDLE": str(receiver.ca_bundle),
        "ZENMODE_WEBHOOK_RETRY_SECONDS": "1,1,1,1",
        "ZENMODE_WEBHOOK_TIMEOUT_SECONDS": "2",
        "ZENMODE_RETRY_BACKOFF_SECONDS": "0.5",
        "ZENMODE_RATE_LIMIT_PER_MINUTE": "10000",
    } | {f"ZENMODE_{name}": value for name, value in settings.items()}
    fleet = Fleet(f"http://127.0.0.1:{port}", environ, folder)
    try:
        fleet.start_web()
        fleet.start_worker()
        fleet.keys = json.loads(fleet.run("bootstrap", "--json"))
        await fleet.until_ready()
        yield fleet
    finally:
        fleet.stop()
