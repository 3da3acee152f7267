"""Every answer names its request."""

import re

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from app.http.middleware.request_id import RequestId, request_id_of
from app.log_context import with_log_context
from tests.http.asgi_request import ask


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    bound = with_log_context(None, "info", {})["request_id"]
    assert Request(scope).state.request_id == bound == request_id_of(scope)
    await PlainTextResponse(bound, headers={"X-Request-Id": "the app's own"})(scope, receive, send)


@pytest.mark.parametrize("sent", ["a", "Az09._-", "x" * 128])
async def test_a_caller_s_own_id_is_kept(sent: str) -> None:
    answer = await ask(RequestId(echo), headers={"X-Request-Id": sent})
    assert answer.headers.get_list("x-request-id") == [sent]
    assert answer.text == sent


@pytest.mark.parametrize("sent", ["", "x" * 129, "a b", "a\tb", "ä", "a/b", "a,b", "<script>"])
async def test_an_id_that_is_unfit_is_replaced(sent: str) -> None:
    answer = await ask(RequestId(echo), headers={"X-Request-Id": sent.encode()})
    assert re.fullmatch(r"req_[0-9a-f]{20}", answer.headers["x-request-id"])


async def test_two_ids_are_none() -> None:
    answer = await ask(RequestId(echo), headers=[("X-Request-Id", "a"), ("X-Request-Id", "b")])
    assert answer.headers["x-request-id"].startswith("req_")


async def test_every_request_has_an_id_of_its_own() -> None:
    first, second = await ask(RequestId(echo)), await ask(RequestId(echo))
    assert first.headers["x-request-id"] != second.headers["x-request-id"]
    assert with_log_context(None, "info", {}) == {}
