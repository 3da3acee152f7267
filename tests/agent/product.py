"""The whole product on one machine, as `zenmode up` runs it, and a customer of it."""

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx

from tests.servers.process import ServerProcess
from tests.waiting import until

_ZENMODE = str(Path(sys.executable).with_name("zenmode"))
_START_SECONDS = 30
_TASK = """
query Task($id: ID!) {
  task(id: $id) { status result attemptCount attempts { outcome error claimedAt } }
}
"""


class Product:
    """Running once made, on SQLite and a Redis of its own, with nothing to wait for between tries.

    `url` stays the same over every stop and start.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}"
        self._environment = {
            "ZENMODE_DATA_DIR": str(folder / "var"),
            "ZENMODE_RATE_LIMIT_PER_MINUTE": "100000",
            "ZENMODE_RETRY_BACKOFF_SECONDS": "1",
            "ZENMODE_PACING": "off",
        }

    def start(self) -> None:
        command = ["up", "--host", "127.0.0.1", "--port", str(self._port)]
        self._process = ServerProcess(self._command(*command), self._folder)
        deadline = time.monotonic() + _START_SECONDS
        while not self._is_ready():
            if time.monotonic() > deadline or not self._process.is_running:
                raise RuntimeError(f"ZenMode does not start:\n{self._process.log}")
            time.sleep(0.05)

    def stop(self) -> None:
        self._process.stop(signal.SIGTERM, within_seconds=20)

    def bootstrap(self, email: str) -> dict[str, str]:
        """A workspace: `api_key`, `agent_token`, `linkedin_account_id` and more.

        By the command: one address may sign up only a few times a minute.
        """
        command = self._command("bootstrap", "--json", "--email", email)
        done = subprocess.run(command, cwd=self._folder, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
        created: dict[str, str] = json.loads(done.stdout)
        return created

    def _command(self, *words: str) -> list[str]:
        settings = [f"{name}={value}" for name, value in self._environment.items()]
        return ["env", *settings, _ZENMODE, *words]

    def _is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.url}/readyz").is_success
        except httpx.TransportError:
            return False


class Customer:
    """Creates and reads tasks, with the workspace's API key."""

    def __init__(self, url: str, workspace: Mapping[str, str]) -> None:
        self.url = url
        self.workspace = workspace
        headers = {"Authorization": f"Bearer {workspace['api_key']}"}
        self._client = httpx.AsyncClient(base_url=url, headers=headers, timeout=10)

    async def close(self) -> None:
        await self._client.aclose()

    async def create_task(self, slug: str, action_type: str = "connect", **fields: object) -> str:
        """The new task's id."""
        payload = {"profile_url": f"https://www.linkedin.com/in/{slug}"}
        if action_type == "message":
            payload["message"] = "Hello, this is secret"
        account_id = self.workspace["linkedin_account_id"]
        variables = {"linkedin_account_id": account_id, **fields}
        answer = await self._client.post(
            "/api/v1/tasks", json={"action_type": action_type, "payload": payload, **variables}
        )
        assert answer.status_code == 201, answer.text
        task_id: str = answer.json()["task"]["id"]
        return task_id

    async def accounts(self, *names: str) -> list[str]:
        """The ids of the workspace's LinkedIn accounts of these names."""
        answer = await self._client.get("/api/v1/linkedin-accounts")
        ids = {account["name"]: account["id"] for account in answer.json()["linkedin_accounts"]}
        return [ids[name] for name in names]

    async def read_task(self, task_id: str) -> dict[str, Any]:
        """The task with its attempts, as GraphQL gives it."""
        body = {"query": _TASK, "variables": {"id": task_id}}
        answer = await self._client.post("/graphql", json=body)
        task: dict[str, Any] = answer.json()["data"]["task"]
        return task

    async def wait_for(
        self, task_id: str, status: str, within_seconds: float = 10
    ) -> dict[str, Any]:
        """The task, once it has that status."""

        async def arrived() -> dict[str, Any] | None:
            task = await self.read_task(task_id)
            return task if task["status"] == status else None

        return await until(arrived, within_seconds)  # type: ignore[return-value]
