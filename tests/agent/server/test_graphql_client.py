"""GraphQL over HTTP, and sending apart the ways in which it fails."""

import asyncio
import re
import socket

import pytest

from tests.agent.scripted import ScriptedHttp, data, error, listening, scripted_http
from zenmode_agent.errors import BadServerUrl, Refused, TokenRefused, Unreachable
from zenmode_agent.server import graphql_client as module
from zenmode_agent.server.documents import IDENTIFY
from zenmode_agent.server.graphql_client import GraphQLClient
from zenmode_agent.server.server_url import endpoint

_TOKEN = "zma_secret"


async def _identify(script: ScriptedHttp) -> dict[str, object]:
    async with GraphQLClient(script.url, _TOKEN) as session:
        return await session.execute(IDENTIFY, {})


async def test_an_answer_gives_its_data() -> None:
    async with scripted_http() as script:
        script.answers["Identify"] = [data(viewer={"agent": None})]
        assert await _identify(script) == {"viewer": {"agent": None}}


async def test_a_request_carries_the_token_and_the_agents_version() -> None:
    async with scripted_http() as script:
        script.answers["Identify"] = [data(viewer={"agent": None})]
        await _identify(script)
        headers, _ = script.requests[0]
        assert headers["authorization"] == f"Bearer {_TOKEN}"
        assert re.fullmatch(r"zenmode-agent/\d+\.\d+\.\d+", headers["user-agent"])


@pytest.mark.parametrize("code", ["UNAUTHENTICATED", "FORBIDDEN"])
async def test_a_refused_token_is_distinguished(code: str) -> None:
    async with scripted_http() as script:
        script.answers["Identify"] = [error(code, status=200)]
        with pytest.raises(TokenRefused) as refusal:
            await _identify(script)
        assert refusal.value.code == code
        assert _TOKEN not in str(refusal.value)


@pytest.mark.parametrize(
    "code", ["CONFLICT", "LEASE_LOST", "ACCOUNT_BUSY", "NOT_FOUND", "BAD_USER_INPUT"]
)
async def test_a_definite_no_is_a_refusal_with_its_code(code: str) -> None:
    async with scripted_http() as script:
        script.answers["Identify"] = [error(code)]
        with pytest.raises(Refused) as refusal:
            await _identify(script)
        assert refusal.value.code == code
        assert not isinstance(refusal.value, TokenRefused)


@pytest.mark.parametrize(
    "answer",
    [
        error("UNAVAILABLE", status=503),
        error("INTERNAL"),
        (502, {}, b"<html>"),
        (408, {}, b""),
        (200, {}, b"<html>"),
        (200, {}, b"[]"),
        (200, {}, b'{"data": null}'),
        None,
    ],
)
async def test_what_may_be_otherwise_next_time_is_unreachable(answer: object) -> None:
    async with scripted_http() as script:
        script.answers["Identify"] = [answer]  # type: ignore[list-item]
        with pytest.raises(Unreachable):
            await _identify(script)


@pytest.mark.parametrize(
    ("answer", "seconds"),
    [
        (error("RATE_LIMITED", status=429, retryAfter=7), 7),
        ((503, {"Retry-After": "5"}, b""), 5),
        ((503, {"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}, b""), 0),
        ((503, {"Retry-After": "99999"}, b""), 600),
        ((503, {"Retry-After": "-1"}, b""), 0),
        ((503, {"Retry-After": "nan"}, b""), 0),
    ],
)
async def test_the_server_says_when_to_come_back(answer: object, seconds: float) -> None:
    async with scripted_http() as script:
        script.answers["Identify"] = [answer]  # type: ignore[list-item]
        with pytest.raises(Unreachable) as failure:
            await _identify(script)
        assert failure.value.retry_after_seconds == seconds


async def test_a_server_that_is_not_there_is_unreachable() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}"
        async with GraphQLClient(url, _TOKEN) as session:
            with pytest.raises(Unreachable):
                await session.execute(IDENTIFY, {})


async def test_a_server_that_drips_does_not_outlast_the_deadline(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        while True:
            writer.write(b".")
            await writer.drain()
            await asyncio.sleep(0.05)

    monkeypatch.setattr(module, "REQUEST_SECONDS", 0.5)
    async with (
        listening(drip) as port,
        GraphQLClient(f"http://127.0.0.1:{port}", _TOKEN) as session,
    ):
        with pytest.raises(Unreachable, match="no response within"):
            await asyncio.wait_for(session.execute(IDENTIFY, {}), timeout=5)


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000/graphql"),
        ("https://zenmode.example/", "https://zenmode.example/graphql"),
        ("https://example.com/zen", "https://example.com/zen/graphql"),
    ],
)
def test_the_address_of_graphql_follows_from_the_servers(url: str, address: str) -> None:
    assert endpoint(url) == address


@pytest.mark.parametrize(
    "url", ["", "example.com", "ftp://example.com", "http://", "http://[::1", "http://host:99999"]
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(BadServerUrl):
        endpoint(url)
