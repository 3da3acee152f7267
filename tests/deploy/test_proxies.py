"""What comes through a proxy: deploy/haproxy.cfg as it stands, and nginx as its manual has it."""

import os
import shutil
import socket
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest
from starlette.types import Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from app.http.middleware.normalized_path import NormalizedPath
from tests.deploy.stack import ROOT
from tests.http.server.test_http_protocol import connected
from tests.http.server.test_upgrade import BODY, HANDSHAKE, LAST, SMUGGLED, Echo, request, talk
from tests.http.server.test_upgrade import with_length as sized
from tests.http.serving import serving
from tests.waiting import until

NGINX = """
daemon off;
error_log stderr;
pid {folder}/pid;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass {url};
            proxy_http_version 1.1;
            proxy_set_header Host $host;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection "upgrade";
        }}
    }}
}}
"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


@contextmanager
def running(command: list[str], environ: dict[str, str]) -> Iterator[None]:
    process = subprocess.Popen(command, env={**os.environ, **environ})
    try:
        yield
    finally:
        process.terminate()
        process.wait(10)


async def is_ready(url: str) -> bool:
    try:
        async with connected(url) as (reader, writer):
            writer.write(request("GET", "/ready", [b"Connection: close"], b""))
            return (await reader.readline()).startswith(b"HTTP/1.1 200")
    except OSError:
        return False


@asynccontextmanager
async def behind_haproxy(url: str, folder: Path, terminator: str = "") -> AsyncIterator[str]:
    """The address of our proxy, before one web process."""
    if shutil.which("haproxy") is None:
        pytest.skip("there is no haproxy")
    port = free_port()
    settings = (ROOT / "deploy" / "haproxy.cfg").read_text()
    settings = settings.replace("bind :8000", f"bind 127.0.0.1:{port}")
    settings = settings.replace("server-template web 16 web:8000", f"server web {url[7:]}")
    path = folder / "haproxy.cfg"
    path.write_text(settings)
    environ = {"TLS_TERMINATOR": terminator} if terminator else {}
    with running(["haproxy", "-db", "-f", str(path)], environ):
        await until(lambda: is_ready(f"http://127.0.0.1:{port}"), 10)
        yield f"http://127.0.0.1:{port}"


@asynccontextmanager
async def behind_nginx(url: str, folder: Path) -> AsyncIterator[str]:
    """The address of an nginx that lets WebSockets through."""
    if shutil.which("nginx") is None:
        pytest.skip("there is no nginx")
    port = free_port()
    path = folder / "nginx.conf"
    path.write_text(NGINX.format(folder=folder, port=port, url=url))
    with running(["nginx", "-c", str(path), "-e", "stderr"], {}):
        await until(lambda: is_ready(f"http://127.0.0.1:{port}"), 10)
        yield f"http://127.0.0.1:{port}"


@pytest.mark.parametrize("behind", [behind_haproxy, behind_nginx])
async def test_a_body_is_never_another_request_behind_a_proxy(behind, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    echo = Echo()
    async with serving(NormalizedPath(echo)) as url, behind(url, tmp_path) as proxy:
        for upgrade in (b"foo", b"h2c", b"websocket"):
            echo.asked.clear()
            headers = [b"Connection: Upgrade", b"Upgrade: " + upgrade]
            await talk(
                proxy,
                request("POST", "/healthz", sized(headers, SMUGGLED), SMUGGLED)
                + request("POST", "/api", sized(headers, BODY), BODY)
                + LAST,
            )
            asked = [one for one in echo.asked if one[1] not in ("/readyz", "/ready")]
            assert asked[0] == ("POST", "/healthz", SMUGGLED)
            assert all(one[1] != "/smuggled" for one in asked)


@pytest.mark.parametrize("behind", [behind_haproxy, behind_nginx])
async def test_a_websocket_is_opened_through_a_proxy(behind, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    async with (
        serving(Echo()) as url,
        behind(url, tmp_path) as proxy,
        connected(proxy) as (reader, writer),
    ):
        writer.write(request("GET", "/graphql", HANDSHAKE, b""))
        assert (await reader.readline()).startswith(b"HTTP/1.1 101")


METRICS = [
    "/metrics",
    "/%6detrics",
    "/metric%73",
    "/%6D%65%74%72%69%63%73",
    "//metrics",
    "/metrics/",
    "//metrics//",
    "/%2Fmetrics",
    "/metrics%2F",
    "/metrics?x=1",
    "http://x/metrics",
    "http://x/%6detrics",
    "/metrics#x",
]


async def test_no_spelling_of_metrics_passes_our_proxy(tmp_path: Path) -> None:
    echo = Echo()
    async with serving(NormalizedPath(echo)) as url, behind_haproxy(url, tmp_path) as proxy:
        for path in METRICS:
            answer = await talk(proxy, request("GET", path, [b"Connection: close"], b""))
            assert answer[9:12] in (b"404", b"400"), path
    assert {path for _, path, _ in echo.asked} <= {"/ready", "/readyz"}


class Callers:
    """Notes whom each request comes from, and over what."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, str]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == "/asked":
            self.seen.append((scope["client"][0], scope["scheme"]))
        await send({"type": "http.response.start", "status": 200})
        await send({"type": "http.response.body"})


@pytest.mark.parametrize(
    ("terminator", "expected"),
    [("", ("127.0.0.1", "http")), ("127.0.0.1", ("198.51.100.7", "https"))],
)
async def test_only_what_ends_tls_may_say_whom_a_request_comes_from(
    tmp_path: Path, terminator: str, expected: tuple[str, str]
) -> None:
    callers = Callers()
    app = ProxyHeadersMiddleware(callers, trusted_hosts=["127.0.0.0/8"])  # type: ignore[arg-type]
    said = [b"X-Forwarded-For: 203.0.113.1, 198.51.100.7", b"X-Forwarded-Proto: https"]
    async with serving(app) as url, behind_haproxy(url, tmp_path, terminator) as proxy:  # type: ignore[arg-type]
        await talk(proxy, request("GET", "/asked", [*said, b"Connection: close"], b""))
        await talk(proxy, request("GET", "/asked", [b"Connection: close"], b""))
    assert callers.seen == [expected, ("127.0.0.1", "http")]
