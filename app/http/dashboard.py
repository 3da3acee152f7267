"""The dashboard as it was built: its page at every address of its own, its files for ever."""

import secrets
from pathlib import Path
from typing import Final

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from app.http.page_errors import error_answer, wants_page
from app.http.page_headers import page_policy
from app.http.pages import not_built_page

BUILT: Final = Path(__file__).parent / "built"
# As in dashboard/src/Pages.tsx; a test compares.
ADDRESSES: Final = (
    "/",
    "/sign-in",
    "/sign-up",
    "/tasks",
    "/tasks/{id}",
    "/accounts",
    "/agents",
    "/keys",
    "/webhooks",
    "/webhooks/{id}",
    "/explorer",
)
_NONCE_PLACE: Final = "ZENMODE_CSP_NONCE"
# Their names change with their content.
_FOR_EVER: Final = "public, max-age=31536000, immutable"
_ENCODINGS: Final = (("br", ".br"), ("gzip", ".gz"))


class Dashboard:
    """One document for all addresses, read anew each time: a build may come while we run."""

    def __init__(self, built: Path = BUILT) -> None:
        self._built = built

    def routes(self) -> list[BaseRoute]:
        """Every address of the dashboard, and its files."""
        files = _HashedFiles(directory=self._built / "dashboard", check_dir=False)
        return [*(Route(address, self._found) for address in ADDRESSES), Mount("/dashboard", files)]

    def refused(self, request: Request, error: Exception) -> Response:
        """What people read at an address that does not exist, and what programs do."""
        assert isinstance(error, HTTPException)
        if error.status_code == 404 and wants_page(request):
            return self._answer(404)
        return error_answer(request, error)

    def _found(self, _request: Request) -> Response:
        return self._answer(200)

    def _answer(self, status_code: int) -> Response:
        try:
            text = (self._built / "index.html").read_text()
        except FileNotFoundError:
            return not_built_page(status_code)
        # A nonce holds for one answer, so nobody may keep it, and no ETag could match.
        nonce = secrets.token_urlsafe(16)
        headers = {"Cache-Control": "no-store", "Content-Security-Policy": page_policy(nonce)}
        return HTMLResponse(text.replace(_NONCE_PLACE, nonce), status_code, headers)


class _HashedFiles(StaticFiles):
    """The build's files, as the build compressed them for whoever takes that."""

    async def check_config(self) -> None:
        """There need not be a build: then there is no file."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        accepted = _accepted(Headers(scope=scope).get("accept-encoding", ""))
        for encoding, ending in _ENCODINGS:
            if encoding in accepted and self._is_there(path + ending):
                response = await super().get_response(path + ending, scope)
                response.headers["Content-Encoding"] = encoding
                break
        else:
            response = await super().get_response(path, scope)
        response.headers["Vary"] = "Accept-Encoding"
        response.headers["Cache-Control"] = _FOR_EVER
        return response

    def _is_there(self, path: str) -> bool:
        try:
            return self.lookup_path(path)[1] is not None
        except (OSError, ValueError):
            # Too long, or with a NUL: not a name of a file.
            return False


def _accepted(field: str) -> set[str]:
    """The codings of an Accept-Encoding field (RFC 9110, 12.5.3) that are not refused by `q=0`."""
    accepted = set()
    for part in field.lower().split(","):
        name, _, weight = part.partition(";")
        if weight.replace(" ", "").removeprefix("q=").strip("0.") or not weight:
            accepted.add(name.strip())
    return accepted
