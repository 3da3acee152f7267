"""Pages that need no build: the reference, and how to build the dashboard."""

from html import escape
from pathlib import Path
from typing import Any

from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from app.domain.error_codes import ERROR_CODES, ErrorCode
from app.rest.openapi import openapi_document

_STATIC = Path(__file__).parent / "static"

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
    """What stands in the dashboard's place until somebody builds it."""
    return _page("Not built yet", _NOT_BUILT, status_code)


def docs_page() -> Response:
    """`/docs`: the REST reference, from the OpenAPI document."""
    document = openapi_document()
    sections = [
        _operation(path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    intro = "".join(
        f"<p>{escape(part)}</p>" for part in document["info"]["description"].split("\n\n")
    )
    machine = (
        '<p>For programs: <a href="/api/v1/openapi.json">openapi.json</a>. '
        '<a href="/docs/errors">Error codes</a>.</p>'
    )
    content = f"<h1>REST reference</h1>{intro}{machine}{''.join(sections)}{_events(document)}"
    return _page("REST reference", content)


def errors_page() -> Response:
    """`/docs/errors`: every error code, each under an anchor of its own."""
    intro = (
        "<p>Every error response of the REST API has a <code>code</code>, every error of the "
        "GraphQL API an <code>extensions.code</code>.</p>"
    )
    content = f"<h1>Error codes</h1>{intro}{''.join(map(_error, ERROR_CODES))}"
    return _page("Error codes", content)


def _error(row: ErrorCode) -> str:
    codes = [one for one in (row.rest, row.graphql) if one]
    anchors = " · ".join(f'<code id="{one}">{one}</code>' for one in codes)
    status = f"<p>HTTP status {row.status}.</p>" if row.rest else ""
    return (
        f"<section><h2>{anchors}</h2>{status}<p>{escape(row.meaning)}</p>"
        f"<p>{escape(row.remedy)}</p></section>"
    )


def _operation(path: str, method: str, operation: dict[str, Any]) -> str:
    name = operation["operationId"]
    parts = [
        f'<section id="{name}"><h2><code>{method.upper()} {escape(path)}</code></h2>',
        f"<p>{escape(operation['summary'])}</p>",
        _parameters(operation["parameters"]),
    ]
    body = operation.get("requestBody")
    if body:
        schema = body["content"]["application/json"]["schema"]
        parts.append(f"<h3>Body</h3>{_fields(schema)}")
    rows = "".join(
        f"<tr><td>{status}</td><td>{escape(answer['description'])}</td></tr>"
        for status, answer in operation["responses"].items()
    )
    parts.append(f"<h3>Answers</h3><table><tbody>{rows}</tbody></table></section>")
    return "".join(parts)


def _parameters(parameters: list[dict[str, Any]]) -> str:
    rows = "".join(
        f"<tr><td><code>{escape(one['name'])}</code></td><td>{one['in']}</td>"
        f"<td>{escape(one['description'])}</td></tr>"
        for one in parameters
    )
    return f"<h3>Parameters</h3><table><tbody>{rows}</tbody></table>" if rows else ""


def _fields(schema: dict[str, Any], prefix: str = "") -> str:
    rows = "".join(_field_rows(schema, prefix))
    return f"<table><tbody>{rows}</tbody></table>"


def _field_rows(schema: dict[str, Any], prefix: str) -> list[str]:
    rows: list[str] = []
    for name, field in schema["properties"].items():
        need = "required" if name in schema.get("required", ()) else "optional"
        rows.append(
            f"<tr><td><code>{escape(prefix + name)}</code></td><td>{need}</td>"
            f"<td>{escape(_told(field))}</td></tr>"
        )
        if "properties" in field:
            rows += _field_rows(field, f"{prefix}{name}.")
    return rows


def _told(field: dict[str, Any]) -> str:
    parts = [field.get("description", ""), " | ".join(field.get("enum", ()))]
    if "minimum" in field:
        parts.append(f"{field['minimum']} to {field['maximum']}, default {field['default']}")
    if "maxLength" in field:
        parts.append(f"up to {field['maxLength']:,} characters")
    return " ".join(part for part in parts if part) or str(field.get("type", ""))


def _events(document: dict[str, Any]) -> str:
    rows = "".join(
        f"<tr><td><code>{name}</code></td><td>{escape(event['post']['summary'])}</td></tr>"
        for name, event in document["webhooks"].items()
    )
    return f"<section><h2>Webhooks</h2><table><tbody>{rows}</tbody></table></section>"


def _page(title: str, content: str, status_code: int = 200) -> Response:
    return HTMLResponse(_FRAME.format(title=title, content=content), status_code)
