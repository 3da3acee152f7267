"""What goes back through the REST door: JSON, and nothing that anybody may keep."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from starlette.types import Send

_ALWAYS: Final = (
    (b"content-type", b"application/json; charset=utf-8"),
    (b"cache-control", b"no-store"),
)


class RestResponse(NamedTuple):
    """An answer. `body` is JSON; `fields` are the header fields that not every answer has."""

    status: int
    body: bytes
    headers: Mapping[str, str]

    async def send(self, send: Send) -> None:
        """Send it whole."""
        headers = [
            *_ALWAYS,
            (b"content-length", b"%d" % len(self.body)),
            *(
                (name.lower().encode("latin-1"), value.encode("latin-1"))
                for name, value in self.headers.items()
            ),
        ]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": self.body})
