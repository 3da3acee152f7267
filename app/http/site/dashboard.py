"""The dashboard as it was built: its page at every address of its own, its files for ever."""

import secrets
from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from app.http.middleware.security_headers import page_policy
from app.http.site.compressed_files import CompressedFiles
from app.http.site.page_errors import error_answer, wants_page
from app.http.site.pages import not_built_page

BUILT: Final = Path(__file__).parents[1] / "built"
# As in dashboard/src/Pages.tsx; a test compares.
ADDRESSES: Final = (
    "/",
    "/sign-in",
    "/sign-up",
    "/tasks",
    "/tasks/{id}",
    "/accounts",
    "/accounts/{id}",
    "/agents",
    "/keys",
    "/webhooks",
    "/webhooks/{id}",
    "/explorer",
    "/settings",
)
_NONCE_PLACE: Final = "ZENMODE_CSP_NONCE"
_SIGN_UP_PLACE: Final = "ZENMODE_SIGN_UP"


class Dashboard:
    """One document for all addresses, read anew each time: a build may come while we run."""

    def __init__(self, built: Path = BUILT, *, sign_up: str = "open") -> None:
        """`sign_up` is written into the page, which offers it only while it is open."""
        self._built = built
        self._sign_up = sign_up

    def routes(self) -> list[BaseRoute]:
        """Every address of the dashboard, and its files."""
        files = CompressedFiles(directory=self._built / "dashboard", check_dir=False)
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
        # A nonce holds for one response, so no cache may store it, and no ETag could match.
        nonce = secrets.token_urlsafe(16)
        headers = {"Cache-Control": "no-store", "Content-Security-Policy": page_policy(nonce)}
        text = text.replace(_NONCE_PLACE, nonce).replace(_SIGN_UP_PLACE, self._sign_up)
        return HTMLResponse(text, status_code, headers)
