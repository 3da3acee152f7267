"""Responses of REST: JSON that no cache may store."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from starlette.types import Send

_NOT_STORED: Final = (b"cache-control", b"no-store")
_JSON: Final = "application/json; charset=utf-8"


class RestResponse(NamedTuple):
    """An answer. `headers` are the header fields that not every answer has."""

    status: int
    body: bytes
    headers: Mapping[str, str]
    content_type: str = _JSON

    async def send(self, send: Send) -> None:
        """Send it whole."""
        headers = [
            (b"content-type", self.content_type.encode("latin-1")),
            _NOT_STORED,
            (b"content-length", b"%d" % len(self.body)),
            *(
                (name.lower().encode("latin-1"), value.encode("latin-1"))
                for name, value in self.headers.items()
            ),
        ]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": self.body})
