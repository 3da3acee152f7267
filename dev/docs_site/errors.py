"""The page of error codes, from the table that the APIs answer with."""

from app.domain.error_codes import ERROR_CODES, ErrorCode

_INTRO = """# Error codes

The catalogue: a list of all error codes. Every error response of the [REST API](api.md#errors) has
a `code`. Every error of the [GraphQL API](graphql.md#errors) has an `extensions.code`. Both link to
this page: `doc_url` in REST, `extensions.docUrl` in GraphQL.

| REST `code` | status | GraphQL `extensions.code` |
| --- | --- | --- |
"""


def errors_page() -> str:
    """Returns Markdown: a row for each error, and a section for each that has a name of its own."""
    explained: set[str] = set()
    sections = []
    for code in ERROR_CODES:
        graphql = None if code.broader else code.graphql
        names = [name for name in (code.rest, graphql) if name and name not in explained]
        explained.update(names)
        if names:
            sections.append(_section(code, names))
    return _INTRO + "".join(map(_row, ERROR_CODES)) + "\n" + "".join(sections)


def _row(code: ErrorCode) -> str:
    rest = f"[`{code.rest}`](#{code.rest})" if code.rest else "–"
    return f"| {rest} | {code.status} | [`{code.graphql}`](#{code.graphql}) |\n"


def _section(code: ErrorCode, names: list[str]) -> str:
    first, *others = names
    anchors = "".join(f'<span id="{name}"></span>' for name in others)
    title = " · ".join(f"`{name}`" for name in names)
    status = f"HTTP status {code.status}. " if code.rest else ""
    return (
        f"## {title} {{ #{first} }}\n\n{anchors}{status}{code.meaning}\n\n"
        f"**What to do:** {code.remedy}\n\n"
    )
