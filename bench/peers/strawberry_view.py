"""Our schema as Strawberry serves it: its own view, its own execution, nothing planned or shared.

The actions below, authentication and the limit are the same.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from strawberry.asgi import GraphQL

from app.http.auth.access_control import ActionAccessControl
from app.http.auth.credentials import Credentials, bearer_in
from app.schema.context import Context
from app.schema.root import schema
from app.settings import load_settings
from app.wiring import open_services


class View(GraphQL[Any, None]):
    """Strawberry's view, with a context as the resolvers need it."""

    access_control: ActionAccessControl

    async def get_context(self, request: Any, response: Any) -> Any:
        """Who asks, if they may."""
        assert isinstance(request, Request)
        bearer = bearer_in(request.headers.getlist("authorization"))
        caller = await self.access_control.authenticate(Credentials(bearer, None, None))
        assert caller is not None
        await self.access_control.spend(caller, 1)
        return Context(self.access_control._services, caller, "req_bench")

    def encode_json(self, data: object) -> bytes:
        """With orjson, as our JSON scalar needs it."""
        return orjson.dumps(data)


@asynccontextmanager
async def _lifespan(_app: Starlette) -> AsyncIterator[None]:
    async with open_services(load_settings()) as services:
        _view.access_control = ActionAccessControl(services)
        yield


_view = View(schema)
app = Starlette(lifespan=_lifespan)
app.mount("/", _view)
