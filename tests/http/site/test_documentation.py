"""The documentation site's pages, Markdown and files, as browsers and programs get them."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException

from app.http.middleware.request_id import RequestId
from app.http.site.dashboard import Dashboard
from app.http.site.documentation import Documentation


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """What a build leaves."""
    (tmp_path / "index.html").write_text("<h1>Home</h1>")
    (tmp_path / "errors.html").write_text("<h1>Error codes</h1>")
    (tmp_path / "errors.md").write_text("# Error codes\ncurl https://www.zen-mode.io/api/v1\n")
    (tmp_path / "bundle.0123abcd.js").write_text("1")
    (tmp_path.parent / "secret.md").write_text("secret")
    return tmp_path


async def client_of(
    folder: Path, public_url: str | None = None
) -> AsyncIterator[httpx.AsyncClient]:
    app = Starlette(
        routes=Documentation(public_url, folder).routes(),
        exception_handlers={HTTPException: Dashboard(folder / "none").refused},
    )
    transport = httpx.ASGITransport(RequestId(app))
    async with httpx.AsyncClient(transport=transport, base_url="http://here:8000") as opened:
        yield opened


@pytest.fixture
async def client(built: Path) -> AsyncIterator[httpx.AsyncClient]:
    async for opened in client_of(built):
        yield opened


async def test_a_page_has_its_name_as_its_url(client: httpx.AsyncClient) -> None:
    assert (await client.get("/docs")).text == "<h1>Home</h1>"
    page = await client.get("/docs/errors")
    assert (page.status_code, page.text) == (200, "<h1>Error codes</h1>")
    assert page.headers["cache-control"] == "no-cache"


async def test_markdown_names_the_url_that_the_reader_uses(
    client: httpx.AsyncClient, built: Path
) -> None:
    page = await client.get("/docs/errors.md")
    assert page.text == "# Error codes\ncurl http://here:8000/api/v1\n"
    async for public in client_of(built, "https://zen.example/"):
        page = await public.get("/docs/errors.md")
        assert "curl https://zen.example/api/v1\n" in page.text


async def test_only_files_with_a_hash_in_their_names_are_kept(client: httpx.AsyncClient) -> None:
    script = await client.get("/docs/bundle.0123abcd.js")
    assert "immutable" in script.headers["cache-control"]


@pytest.mark.parametrize(
    "path", ["nowhere", "nowhere.md", "../secret.md", "%2e%2e/secret.md", "x%00y", "a" * 5_000]
)
async def test_what_is_not_there_is_a_404(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(f"/docs/{path}")
    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"


async def test_without_a_build_the_page_says_how_to_build_it(tmp_path: Path) -> None:
    async for client in client_of(tmp_path / "none"):
        for path in ("/docs", "/docs/errors"):
            page = await client.get(path, headers={"Accept": "text/html"})
            assert page.status_code == 200
            assert "make docs" in page.text
        assert (await client.get("/docs/errors.md")).status_code == 404
