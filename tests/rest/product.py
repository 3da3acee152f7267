"""The whole web process on a real port, with one workspace in it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx

from app.actions.operations.bootstrap import Bootstrapped
from app.asgi import WebProcess
from app.services.services import Services
from app.settings import Settings, load_settings
from tests.http.serving import serving
from tests.waiting import until
from tests.workspaces import bootstrap


@dataclass(frozen=True)
class Product:
    """Where it answers, who owns it, and what stands behind it."""

    url: str
    owner: Bootstrapped
    services: Services
    client: httpx.AsyncClient

    async def ask(
        self, method: str, path: str, *, key: str | None = None, **options: Any
    ) -> httpx.Response:
        """A REST request; the workspace's key unless another, or an empty one for none."""
        headers = dict(options.pop("headers", {}))
        token = self.owner.api_key if key is None else key
        if token:
            headers.setdefault("Authorization", f"Bearer {token}")
        return await self.client.request(
            method, f"{self.url}/api/v1{path}", headers=headers, **options
        )

    async def create_task(self, **fields: Any) -> dict[str, Any]:
        """A task."""
        body = {
            "action_type": "connect",
            "payload": {"profile_url": "https://linkedin.com/in/jane-doe"},
            **fields,
        }
        answer = await self.ask("POST", "/tasks", json=body)
        assert answer.status_code == 201, answer.text
        task: dict[str, Any] = answer.json()["task"]
        return task

    async def graphql(
        self, query: str, token: str | None = None, **variables: Any
    ) -> dict[str, Any]:
        """The answer to an operation."""
        answer = await self.client.post(
            f"{self.url}/graphql",
            headers={"Authorization": f"Bearer {token or self.owner.api_key}"},
            json={"query": query, "variables": variables},
        )
        body: dict[str, Any] = answer.json()
        return body

    async def neighbour(self) -> "Product":
        """Another workspace of the same product."""
        return replace(self, owner=await bootstrap(self.services, "neighbour@example.com"))


def settings_for(database_url: str, redis_url: str, folder: Path, **settings: str) -> Settings:
    """Settings for a test; more of them by their names without ZENMODE_."""
    environ = {
        "ZENMODE_DATABASE_URL": database_url,
        "ZENMODE_REDIS_URL": redis_url,
        "ZENMODE_SECRET_KEY": "k" * 32,
        "ZENMODE_PACING": "off",
    } | {f"ZENMODE_{name}": value for name, value in settings.items()}
    return load_settings(environ, env_file=None, data_dir=folder)


@asynccontextmanager
async def running_product(settings: Settings) -> AsyncIterator[Product]:
    """The product, for as long as a test needs it."""
    process = WebProcess(settings)
    async with (
        serving(process.app, lifespan="on") as url,
        httpx.AsyncClient(timeout=30) as client,
    ):
        await until(lambda: hasattr(process, "services"))
        owner = await bootstrap(process.services)
        yield Product(url, owner, process.services, client)
