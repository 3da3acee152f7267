"""The dashboard's page and files, as browsers get them."""

import gzip
import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException

from app.domain.tasks.new_task import MAX_MESSAGE_LENGTH, MAX_NOTE_LENGTH
from app.http.middleware.request_id import RequestId
from app.http.middleware.security_headers import SecurityHeaders
from app.http.site.dashboard import ADDRESSES, Dashboard

INDEX = '<style nonce="ZENMODE_CSP_NONCE"></style><script src="/dashboard/x-1.js"></script>'
SCRIPT = b"console.log(1)\n" * 100
PAGE = {"Accept": "text/html,*/*;q=0.8"}


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """What a build leaves."""
    files = tmp_path / "dashboard"
    files.mkdir()
    (tmp_path / "index.html").write_text(INDEX)
    (files / "x-1.js").write_bytes(SCRIPT)
    (files / "x-1.js.gz").write_bytes(gzip.compress(SCRIPT))
    (files / "x-1.js.br").write_bytes(b"as brotli")
    (files / "small-2.svg").write_bytes(b"<svg/>")
    return tmp_path


@pytest.fixture
async def client(built: Path) -> AsyncIterator[httpx.AsyncClient]:
    dashboard = Dashboard(built)
    app = Starlette(
        routes=dashboard.routes(), exception_handlers={HTTPException: dashboard.refused}
    )
    transport = httpx.ASGITransport(RequestId(SecurityHeaders(app, is_public_over_https=False)))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as opened:
        yield opened


def test_the_server_knows_every_address_of_the_dashboard() -> None:
    source = (Path(__file__).parents[3] / "dashboard/src/Pages.tsx").read_text()
    found = re.findall(r'"(/[^"]*)": page\(|<Route path="(/[^"]*)"', source)
    addresses = {re.sub(r":(\w+)", r"{\1}", one or other) for one, other in found}
    assert addresses == set(ADDRESSES)


def test_the_counter_of_a_message_ends_where_the_server_refuses_it() -> None:
    source = (Path(__file__).parents[3] / "dashboard/src/pages/tasks/labels.ts").read_text()
    (table,) = re.findall(r"messageLengths[^=]*= \{([^}]*)\}", source)
    lengths = {
        name: int(value.replace("_", "")) for name, value in re.findall(r"(\w+): (\w+)", table)
    }
    assert lengths == {"CONNECT": MAX_NOTE_LENGTH, "MESSAGE": MAX_MESSAGE_LENGTH}


@pytest.mark.parametrize("sign_up", ["open", "closed"])
async def test_the_page_says_whether_people_may_sign_up(built: Path, sign_up: str) -> None:
    (built / "index.html").write_text('<meta name="zenmode-sign-up" content="ZENMODE_SIGN_UP">')
    app = Starlette(routes=Dashboard(built, sign_up=sign_up).routes())
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as opened:
        answer = await opened.get("/sign-in", headers=PAGE)
    assert answer.text == f'<meta name="zenmode-sign-up" content="{sign_up}">'


@pytest.mark.parametrize("address", ADDRESSES)
async def test_each_address_answers_the_page(client: httpx.AsyncClient, address: str) -> None:
    answer = await client.get(address.format(id="7"), headers=PAGE)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"


async def test_the_page_has_a_nonce_that_nobody_has_seen_before(client: httpx.AsyncClient) -> None:
    nonces = set()
    for _ in range(2):
        answer = await client.get("/")
        found = re.search('nonce="([^"]+)"', answer.text)
        assert found is not None
        assert f"style-src 'self' 'nonce-{found[1]}';" in answer.headers["content-security-policy"]
        assert "script-src 'self';" in answer.headers["content-security-policy"]
        nonces.add(found[1])
    assert len(nonces) == 2


async def test_people_who_are_lost_get_the_page_and_programs_an_error(
    client: httpx.AsyncClient,
) -> None:
    answer = await client.get("/nowhere", headers=PAGE)
    assert (answer.status_code, "<script" in answer.text) == (404, True)
    answer = await client.get("/nowhere")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert answer.json()["request_id"] == answer.headers["x-request-id"]
    assert (await client.post("/nowhere")).status_code == 404
    answer = await client.post("/tasks")
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("identity", None),
        ("", None),
    ],
)
async def test_files_are_sent_as_the_build_compressed_them(
    client: httpx.AsyncClient, accepted: str, encoding: str | None
) -> None:
    # httpx would decode the body, and ours is brotli by name only.
    request = client.build_request(
        "GET", "/dashboard/x-1.js", headers={"Accept-Encoding": accepted}
    )
    answer = await client.send(request, stream=True)
    assert answer.headers.get("content-encoding") == encoding
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["content-type"].startswith("text/javascript")
    await answer.aclose()


async def test_what_was_not_worth_compressing_is_sent_as_it_is(client: httpx.AsyncClient) -> None:
    answer = await client.get("/dashboard/small-2.svg", headers={"Accept-Encoding": "br"})
    assert (answer.status_code, answer.content) == (200, b"<svg/>")
    assert "content-encoding" not in answer.headers


async def test_files_are_kept_for_ever(client: httpx.AsyncClient) -> None:
    answer = await client.get("/dashboard/x-1.js", headers={"Accept-Encoding": "gzip"})
    assert answer.content == SCRIPT
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    again = {"If-None-Match": answer.headers["etag"], "Accept-Encoding": "gzip"}
    assert (await client.get("/dashboard/x-1.js", headers=again)).status_code == 304


async def test_a_file_of_another_build_is_not_found_and_not_kept(
    client: httpx.AsyncClient,
) -> None:
    answer = await client.get("/dashboard/x-0.js")
    assert answer.status_code == 404
    assert "cache-control" not in answer.headers
    assert (await client.get("/dashboard/%2e%2e/index.html")).status_code == 404


ODD_NAMES = [
    "x%00y",
    "x-1.js%00",
    "a" * 5_000,
    "a/" * 2_000,
    "x-1.js/x",
    "%ff",
    "%F0%9F%98%80",
    "%2e%2e",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "%5c..%5c",
    "CON",
    "x-1.js::$DATA",
    "",
]


@pytest.mark.parametrize("name", ODD_NAMES)
@pytest.mark.parametrize("accepted", ["br", "gzip, br", "identity"])
@pytest.mark.parametrize("is_built", [True, False])
async def test_no_name_of_a_file_breaks_anything(
    client: httpx.AsyncClient, built: Path, *, name: str, accepted: str, is_built: bool
) -> None:
    if not is_built:
        shutil.rmtree(built / "dashboard")
    answer = await client.get(f"/dashboard/{name}", headers={"Accept-Encoding": accepted})
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_without_a_build_the_page_says_how_to_make_one(
    client: httpx.AsyncClient, built: Path
) -> None:
    (built / "index.html").unlink()
    answer = await client.get("/tasks", headers=PAGE)
    assert answer.status_code == 200
    assert "make dashboard" in answer.text
    assert "nonce" not in answer.headers["content-security-policy"]
