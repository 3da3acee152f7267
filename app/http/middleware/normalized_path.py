"""One path for each address: a slash at the end or a doubled one changes nothing."""

import re
from urllib.parse import unquote

from starlette.types import ASGIApp, Receive, Scope, Send

_SLASHES = re.compile(rb"/{2,}")


def plain_path(raw_path: bytes) -> bytes:
    """A path as it was sent, without needless slashes. An encoded slash separates nothing."""
    return _SLASHES.sub(b"/", raw_path).rstrip(b"/") or b"/"


class NormalizedPath:
    """Passes normalized paths to the app; there is no redirect."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Carry out one request."""
        path: str = scope.get("path", "/")
        if "//" in path or (path[-1:] == "/" and path != "/"):
            sent: bytes = scope.get("raw_path") or path.encode()
            raw_path = plain_path(sent.partition(b"?")[0])
            scope = {**scope, "raw_path": raw_path, "path": unquote(raw_path.decode("latin-1"))}
        await self.app(scope, receive, send)
