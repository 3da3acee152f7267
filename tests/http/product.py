"""GraphQL of the product, with a real database and a real Redis, behind a real server."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from starlette.responses import HTMLResponse

from app.actions.bootstrap import Bootstrapped, bootstrap
from app.actions.outside import Outside
from app.http.gate import ActionGate
from app.http.graphql_app import GraphQLApp
from app.http.surroundings import with_surroundings
from app.settings import load_settings
from app.wiring import open_outside
from tests.http.serving import serving


@dataclass(frozen=True)
class Product:
    """Where it answers, who may ask, and what stands behind it."""

    url: str
    owner: Bootstrapped
    outside: Outside
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
        "ZENMODE_DATA_DIR": str(data_dir),
    } | {f"ZENMODE_{name}": value for name, value in settings.items()}
    loaded = load_settings(environ, env_file=None)
    async with open_outside(loaded) as outside:
        owner = await bootstrap(outside)
        graphql = GraphQLApp(
            outside,
            ActionGate(outside),
            closing=asyncio.Event(),
            explorer=HTMLResponse("<title>Explorer</title>"),
        )
        async with serving(with_surroundings(graphql, loaded, outside.counts)) as url:
            yield Product(f"{url}/graphql", owner, outside, graphql)
