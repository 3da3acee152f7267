"""Pages that need no build: how to build the dashboard and the documentation."""

from pathlib import Path

from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

_STATIC = Path(__file__).parents[1] / "static"

_FRAME = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · ZenMode</title>
<link rel="icon" href="/favicon.ico">
<link rel="stylesheet" href="/assets/style.css">
</head>
<body>
<nav><a href="/">ZenMode</a> <a href="/docs">REST</a> <a href="/explorer">GraphQL</a></nav>
<main>
{content}
</main>
</body>
</html>
"""
_DOCS_NOT_BUILT = """<h1>The documentation is not built yet</h1>
<p>The API works without it. To build it, run this in the folder of the checkout, then load this
page again:</p>
<pre><code>make docs</code></pre>
<p>The same pages are in the checkout&#8217;s folder <code>docs</code>. For programs there is
<a href="/api/v1/openapi.json">openapi.json</a>.</p>
"""
_NOT_BUILT = """<h1>The dashboard is not built yet</h1>
<p>The API is at work without it. To build the dashboard, run this in the folder of the checkout,
where npm&#8217;s registry can be reached, then load this page again:</p>
<pre><code>make dashboard</code></pre>
<p>Until then, <code>zenmode bootstrap</code> beside the server prints a workspace&#8217;s key, an
agent&#8217;s token and a LinkedIn account, and the <a href="/docs">REST reference</a> says what
to do with them.</p>
"""


def assets() -> ASGIApp:
    """Style of the pages."""
    return StaticFiles(directory=_STATIC)


def favicon() -> Response:
    """`/favicon.ico`, which browsers ask for on pages that name none."""
    headers = {"Cache-Control": "public, max-age=86400"}
    return FileResponse(_STATIC / "favicon.svg", media_type="image/svg+xml", headers=headers)


def not_built_page(status_code: int) -> Response:
    """The page that is shown until the dashboard is built."""
    return _page("Not built yet", _NOT_BUILT, status_code)


def documentation_not_built_page() -> Response:
    """The page that `/docs` shows until the documentation is built."""
    return _page("Not built yet", _DOCS_NOT_BUILT, 200)


def _page(title: str, content: str, status_code: int = 200) -> Response:
    return HTMLResponse(_FRAME.format(title=title, content=content), status_code)
