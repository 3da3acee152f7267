"""Header fields that make browsers refuse what our pages do not need."""

from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from starlette.types import ASGIApp, Message, Receive, Scope, Send

Field: TypeAlias = tuple[bytes, bytes]

_EVERY_ANSWER: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
_OVER_HTTPS: Final = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}


def page_policy(nonce: str | None = None) -> str:
    """The Content-Security-Policy of a page; `<style>` elements need its nonce, if it has one."""
    return "; ".join(
        [
            "default-src 'self'",
            "script-src 'self'",
            f"style-src 'self' 'nonce-{nonce}'" if nonce else "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ]
    )


_PAGE: Final = {"Content-Security-Policy": page_policy(), "X-Frame-Options": "DENY"}


class SecurityHeaders:
    """Adds a content security policy to pages, and what costs nothing to every answer."""

    def __init__(self, app: ASGIApp, *, is_public_over_https: bool) -> None:
        self.app = app
        always = _EVERY_ANSWER | (_OVER_HTTPS if is_public_over_https else {})
        self._always = _fields(always)
        self._for_pages = _fields(always | _PAGE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Carry out one request, and dress its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = self._dressed(message.get("headers", ()))
            await send(message)

        await self.app(scope, receive, send_dressed)

    def _dressed(self, headers: Iterable[Field]) -> list[Field]:
        """What the app says itself stands."""
        known = dict(headers)
        is_page = known.get(b"content-type", b"").startswith(b"text/html")
        more = self._for_pages if is_page else self._always
        return [*headers, *(field for field in more if field[0] not in known)]


def _fields(headers: Mapping[str, str]) -> list[Field]:
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]
