"""The documentation site at `/docs`, as `dev/docs` built it: static files, and nothing else."""

import re
from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import Scope

import app
from app.http.site.compressed_files import IMMUTABLE, CompressedFiles
from app.http.site.page_errors import wants_page
from app.http.site.pages import documentation_not_built_page

BUILT_DOCS: Final = Path(app.__file__).parent / "http" / "built_docs"
# The host of every URL in docs/*.md; readers get their own.
PUBLISHED_URL: Final = "https://www.zen-mode.io"
_HASH_IN_NAME: Final = re.compile(r"\.[0-9a-f]{8,}\.")
_TEXT_TYPES: Final = {".md": "text/markdown", ".txt": "text/plain"}


class Documentation:
    """`/docs/webhooks` is a page, `/docs/webhooks.md` its source; files are looked up each time."""

    def __init__(self, public_url: str | None, built: Path = BUILT_DOCS) -> None:
        self._public_url = public_url
        self._built = built
        self._files = _DocumentationFiles(directory=built, check_dir=False)

    def routes(self) -> list[BaseRoute]:
        """Every page and file below `/docs`."""
        return [
            Route("/docs", self._respond, methods=["GET"]),
            Route("/docs/{path:path}", self._respond, methods=["GET"]),
        ]

    async def _respond(self, request: Request) -> Response:
        """Raises HTTPException (404) where there is no such page or file."""
        path = request.path_params.get("path") or "index"
        if not self._files.exists("index.html"):
            return self._not_built(request)
        if self._files.exists(f"{path}.html"):
            path += ".html"
        if media_type := _TEXT_TYPES.get(Path(path).suffix):
            return self._text(path, media_type, request)
        return await self._files.get_response(path, request.scope)

    def _not_built(self, request: Request) -> Response:
        if wants_page(request) or request.url.path == "/docs":
            return documentation_not_built_page()
        raise HTTPException(404)

    def _text(self, path: str, media_type: str, request: Request) -> Response:
        """Markdown and plain text, with the URL under which the reader reaches us."""
        if not self._files.exists(path):
            raise HTTPException(404)
        own_url = (self._public_url or str(request.base_url)).rstrip("/")
        text = (self._built / path).read_text().replace(PUBLISHED_URL, own_url)
        return PlainTextResponse(text, media_type=media_type, headers={"Cache-Control": "no-cache"})


class _DocumentationFiles(CompressedFiles):
    """Files with a hash in their names never change; pages and the rest are revalidated."""

    def cache_control(self, path: str) -> str:
        return IMMUTABLE if _HASH_IN_NAME.search(path) else "no-cache"

    async def get_response(self, path: str, scope: Scope) -> Response:
        if not self.exists(path):
            raise HTTPException(404)
        return await super().get_response(path, scope)
