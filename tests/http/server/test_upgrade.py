"""Requests that would rather speak another protocol."""

import asyncio
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from tests.http.server.test_http_protocol import connected
from tests.http.serving import serving
from tests.waiting import until

BODY = b'{"an": "order"}'
SMUGGLED = b"POST /smuggled HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"
HANDSHAKE = [
    b"Upgrade: websocket",
    b"Connection: Upgrade",
    b"Sec-WebSocket-Version: 13",
    b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
]
IGNORED = [
    [b"Connection: Upgrade, HTTP2-Settings", b"Upgrade: h2c", b"HTTP2-Settings: AAMAAABk"],
    [b"Connection: Upgrade", b"Upgrade: foo"],
    [b"connection:upgrade", b"upgrade:foo"],
    [b"Connection: keep-alive, UPGRADE ", b"Upgrade: \tfoo\t"],
    [b"Connection: keep-alive", b"Connection: upgrade", b"Upgrade: foo"],
    [b"Connection: Upgrade", b"Upgrade: foo", b"Upgrade: bar/1"],
    [b"Connection: Upgrade", b"Upgrade: TLS/1.0, HTTP/2.0"],
    [b"Connection: Upgrade", b"Upgrade: websocket"],
    [b"Connection: Upgrade", b"Upgrade: WebSocket, h2c"],
    HANDSHAKE,
    [b"Upgrade: websocket"],
    [b"Connection: Upgrade"],
]


class Echo:
    """Answers with what was asked, and notes it; takes every WebSocket, and is silent."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, bytes]] = []
        self.go_on = asyncio.Event()
        self.go_on.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.accept"})
            await receive()
            return
        body = await Request(scope, receive).body()
        self.asked.append((scope["method"], scope["path"], body))
        await self.go_on.wait()
        said = {"method": scope["method"], "path": scope["path"], "body": body.decode()}
        await JSONResponse(said)(scope, receive, send)


def request(method: str, path: str, headers: list[bytes], body: bytes) -> bytes:
    head = [f"{method} {path} HTTP/1.1".encode(), b"Host: x", *headers]
    return b"\r\n".join([*head, b"", body])


def with_length(headers: list[bytes], body: bytes) -> list[bytes]:
    return [*headers, b"Content-Length: %d" % len(body)]


async def talk(url: str, sent: bytes, piece_bytes: int = 1 << 20) -> bytes:
    """What comes back for these bytes, the last request of which closes the connection."""
    async with connected(url) as (reader, writer):
        for start in range(0, len(sent), piece_bytes):
            writer.write(sent[start : start + piece_bytes])
            await writer.drain()
            await asyncio.sleep(0)
        return await reader.read()


LAST = request("GET", "/last", [b"Connection: close"], b"")


@pytest.mark.parametrize("piece_bytes", [1, 7, 1 << 20])
@pytest.mark.parametrize("headers", IGNORED, ids=lambda headers: b"|".join(headers).decode())
async def test_an_upgrade_that_is_not_taken_leaves_the_request_as_it_is(
    headers: list[bytes], piece_bytes: int
) -> None:
    echo = Echo()
    sent = request("POST", "/api", with_length(headers, BODY), BODY) + LAST
    async with serving(echo) as url:
        answer = await talk(url, sent, piece_bytes)
    assert echo.asked == [("POST", "/api", BODY), ("GET", "/last", b"")]
    assert answer.count(b"HTTP/1.1 200 OK") == 2


@pytest.mark.parametrize("headers", IGNORED, ids=lambda headers: b"|".join(headers).decode())
async def test_a_body_is_never_read_as_another_request(headers: list[bytes]) -> None:
    chunked = b"%x\r\n%b\r\n0\r\n\r\n" % (len(SMUGGLED), SMUGGLED)
    for method, path in (("POST", "/healthz"), ("GET", "/graphql"), ("PUT", "/")):
        echo = Echo()
        sent = [
            request(method, path, with_length(headers, SMUGGLED), SMUGGLED),
            request(method, path, [*headers, b"Transfer-Encoding: chunked"], chunked),
            LAST,
        ]
        async with serving(echo) as url:
            await talk(url, b"".join(sent))
        assert echo.asked == [(method, path, SMUGGLED)] * 2 + [("GET", "/last", b"")]


@pytest.mark.parametrize("path", ["/", "/healthz", "/api/v1/tasks", "/graphql/x", "/graphqlx"])
async def test_a_websocket_where_there_is_none_is_an_ordinary_request(path: str) -> None:
    echo = Echo()
    async with serving(echo) as url:
        answer = await talk(url, request("GET", path, HANDSHAKE, b"") + LAST)
    assert [asked[1] for asked in echo.asked] == [path, "/last"]
    assert b" 101 " not in answer


async def test_an_upgrade_of_http_1_0_is_ignored() -> None:
    echo = Echo()
    sent = request("GET", "/graphql", HANDSHAKE, b"").replace(b"HTTP/1.1", b"HTTP/1.0")
    async with serving(echo) as url:
        answer = await talk(url, sent)
    assert answer.startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize(
    "headers",
    [
        HANDSHAKE,
        [*HANDSHAKE, b"Content-Length: 0"],
        [b"Connection: keep-alive", b"Upgrade: h2c", *HANDSHAKE],
        [*HANDSHAKE, b"Connection: keep-alive"],
    ],
)
@pytest.mark.parametrize("path", ["/graphql", "/graphql/", "//graphql", "/graphql?x=1"])
async def test_our_websocket_is_taken_in_every_spelling(headers: list[bytes], path: str) -> None:
    async with serving(Echo()) as url, connected(url) as (reader, writer):
        writer.write(request("GET", path, headers, b""))
        assert (await reader.readline()).startswith(b"HTTP/1.1 101")


async def test_a_handshake_waits_for_the_answers_before_it() -> None:
    echo = Echo()
    echo.go_on.clear()
    async with serving(echo) as url, connected(url) as (reader, writer):
        post = request("POST", "/api", with_length([], BODY), BODY)
        writer.write(post + post + request("GET", "/graphql", HANDSHAKE, b""))
        await until(lambda: echo.asked)
        echo.go_on.set()
        answers = await reader.readuntil(b"101 Switching Protocols\r\n")
    assert answers.count(b"HTTP/1.1 200 OK") == 2
    assert json.loads(answers.split(b"\r\n\r\n")[1].partition(b"HTTP")[0])["body"] == BODY.decode()


async def test_what_is_no_handshake_is_reported() -> None:
    long = [*HANDSHAKE, b"X-Long: " + b"x" * 9_000]
    for headers in (long, HANDSHAKE[:2], HANDSHAKE[:3]):
        async with serving(Echo()) as url:
            answer = await talk(url, request("GET", "/graphql", headers, b""))
        assert answer.startswith(b"HTTP/1.1 4"), headers


async def test_a_tunnel_is_refused() -> None:
    async with serving(Echo()) as url:
        answer = await talk(url, b"CONNECT x:80 HTTP/1.1\r\nHost: x:80\r\n\r\n" + SMUGGLED)
    assert answer.startswith(b"HTTP/1.1 405")
    assert answer.count(b"HTTP/1.1") == 1


JAVA = """
import java.net.URI;
import java.net.http.*;

public class Post {
    public static void main(String[] given) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        for (int i = 0; i < 2; i++) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(given[0]))
                .POST(HttpRequest.BodyPublishers.ofString("from Java")).build();
            HttpResponse<String> answer =
                client.send(request, HttpResponse.BodyHandlers.ofString());
            System.out.println(answer.statusCode() + " " + answer.body());
        }
    }
}
"""


@pytest.mark.skipif(shutil.which("java") is None, reason="there is no Java")
async def test_javas_own_client_is_served(tmp_path: Path) -> None:
    program = tmp_path / "Post.java"
    program.write_text(JAVA)
    echo = Echo()
    async with serving(echo) as url:
        done = await asyncio.to_thread(
            subprocess.run,
            ["java", str(program), f"{url}/api"],
            capture_output=True,
            text=True,
            check=True,
        )
    assert echo.asked == [("POST", "/api", b"from Java")] * 2
    assert done.stdout.count("200 ") == 2


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl")
async def test_curl_that_would_rather_speak_http_2_is_served() -> None:
    echo = Echo()
    async with serving(echo) as url:
        done = await asyncio.to_thread(
            subprocess.run,
            ["curl", "-sS", "--http2", "--data", "from curl", f"{url}/api"],
            capture_output=True,
            text=True,
            check=True,
        )
    assert json.loads(done.stdout)["body"] == "from curl"
    assert len(echo.asked) == 1
