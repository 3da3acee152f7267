"""Answers to what has not become a request, in the words of the REST API all the same."""

from typing import Final, NamedTuple

import orjson
from uvicorn.protocols.http.httptools_impl import STATUS_LINE

from app.http.request_id import HEADER, new_request_id


class EarlyAnswer(NamedTuple):
    """A refusal after which the connection is closed."""

    status: int
    code: str
    error: str
    fields: tuple[bytes, ...] = ()

    def encoded(self) -> bytes:
        """The whole answer, under a new request id."""
        request_id = new_request_id()
        said = {"error": self.error, "code": self.code, "request_id": request_id}
        body = orjson.dumps(said)
        lines = [
            b"Content-Type: application/json; charset=utf-8",
            b"Cache-Control: no-store",
            b"Content-Length: %d" % len(body),
            f"{HEADER}: {request_id}".encode(),
            b"Connection: close",
            *self.fields,
        ]
        return STATUS_LINE[self.status] + b"\r\n".join(lines) + b"\r\n\r\n" + body


def bad_request(error: str) -> EarlyAnswer:
    """400, and why."""
    return EarlyAnswer(400, "invalid_request", error)


NOT_HTTP: Final = bad_request("what was sent is not HTTP/1.1")
