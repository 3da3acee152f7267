"""Answers to what has not become a request, in the words of the REST API all the same."""

from http import HTTPStatus
from typing import Final

import orjson

from app.domain.error_codes import rest_row_of
from app.domain.errors import BadInput, ZenModeError
from app.http.http_errors import error_headers, rest_body
from app.http.middleware.request_id import HEADER, new_request_id

_METHODS: Final = "DELETE, GET, HEAD, OPTIONS, PATCH, POST"
NOT_HTTP: Final = BadInput("what was sent is not HTTP/1.1")


def early_answer(error: ZenModeError) -> bytes:
    """A whole answer under a new request id, after which the connection is closed."""
    status = rest_row_of(error).status
    request_id = new_request_id()
    body = orjson.dumps(rest_body(error, request_id))
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Cache-Control": "no-store",
        "Content-Length": str(len(body)),
        HEADER: request_id,
        "Connection": "close",
        **error_headers(error, _METHODS),
    }
    lines = [f"{name}: {value}\r\n".encode() for name, value in headers.items()]
    status_line = f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n".encode()
    return status_line + b"".join(lines) + b"\r\n" + body
