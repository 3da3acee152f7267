"""One request to an ASGI app, without a network."""

import httpx
from starlette.types import ASGIApp


async def ask(app: ASGIApp, method: str = "GET", **request: object) -> httpx.Response:
    """The app's answer."""
    transport = httpx.ASGITransport(app, client=("192.0.2.1", 1234))
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
        return await client.request(method, "/", **request)  # type: ignore[arg-type]
