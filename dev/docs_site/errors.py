"""The page of error codes, from the table that the APIs answer with."""

from app.domain.error_codes import ERROR_CODES, ErrorCode

_INTRO = """# Error codes

Every error response of the [REST API](api.md#errors) has a `code`. Every error of the
[GraphQL API](graphql.md#errors) has an `extensions.code`. Both link to this page: `doc_url` in
REST, `extensions.docUrl` in GraphQL.

| REST `code` | status | GraphQL `extensions.code` |
| --- | --- | --- |
"""


def errors_page() -> str:
    """Markdown: one section for each code, with an anchor for each of its names."""
    return _INTRO + "".join(map(_row, ERROR_CODES)) + "\n" + "".join(map(_section, ERROR_CODES))


def _row(code: ErrorCode) -> str:
    rest = f"[`{code.rest}`](#{code.rest})" if code.rest else "–"
    graphql = f"[`{code.graphql}`](#{code.graphql})" if code.graphql else "–"
    return f"| {rest} | {code.status} | {graphql} |\n"


def _section(code: ErrorCode) -> str:
    first, *others = [name for name in (code.rest, code.graphql) if name]
    anchors = "".join(f'<span id="{name}"></span>' for name in others)
    names = " · ".join(f"`{name}`" for name in (first, *others))
    status = f"HTTP status {code.status}. " if code.rest else ""
    return (
        f"## {names} {{ #{first} }}\n\n{anchors}{status}{code.meaning}\n\n"
        f"**What to do:** {code.remedy}\n\n"
    )
