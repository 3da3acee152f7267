"""GraphQL of the product, with a real database and a real Redis, behind a real server."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from starlette.responses import HTMLResponse

from app.actions.operations.bootstrap import Bootstrapped
from app.http.auth.access_control import ActionAccessControl
from app.http.graphql_app import GraphQLApp
from app.http.middleware.install import install_middleware
from app.services.services import Services
from app.settings import load_settings
from app.wiring import open_services
from tests.http.serving import serving
from tests.workspaces import bootstrap


@dataclass(frozen=True)
class Product:
    """Where it answers, who may ask, and what stands behind it."""

    url: str
    owner: Bootstrapped
    services: Services
    graphql: GraphQLApp


@asynccontextmanager
async def running_product(
    database_url: str, redis_url: str, data_dir: Path, **settings: str
) -> AsyncIterator[Product]:
    """The product with one workspace in it; more settings by their names without ZENMODE_."""
    environ = {
        "ZENMODE_DATABASE_URL": database_url,
        "ZENMODE_REDIS_URL": redis_url,
        "ZENMODE_SECRET_KEY": "k" * 32,
        "ZENMODE_PACING": "off",
        "ZENMODE_DATA_DIR": str(data_dir),
    } | {f"ZENMODE_{name}": value for name, value in settings.items()}
    loaded = load_settings(environ, env_file=None)
    async with open_services(loaded) as services:
        owner = await bootstrap(services)
        graphql = GraphQLApp(
            services,
            ActionAccessControl(services),
            closing=asyncio.Event(),
            explorer=HTMLResponse("<title>Explorer</title>"),
        )
        async with serving(install_middleware(graphql, loaded, services.metrics)) as url:
            yield Product(f"{url}/graphql", owner, services, graphql)
