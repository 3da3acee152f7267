"""Puts the Markdown of every page into one folder, as the generator wants it."""

import re
import shutil
from pathlib import Path

from dev.docs_site.errors import errors_page
from dev.docs_site.reference import reference_page
from dev.docs_site.tabs import with_tabs
from dev.docs_site.translation import with_python_and_node

_ROOT = Path(__file__).parents[2]
_ASSETS = Path(__file__).with_name("assets")
# Pages of the repository's root that belong to the documentation too.
_FROM_ROOT = {
    "ARCHITECTURE.md": "architecture.md",
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "README.md": "readme.md",
    "SECURITY.md": "reporting.md",
    "dashboard/README.md": "dashboard.md",
}
_GENERATED = {"errors.md": errors_page, "rest-reference.md": reference_page}


def stage(folder: Path, plain: Path) -> None:
    """Write every page and file that the site consists of; into `plain`, the pages without tabs."""
    shutil.copytree(_ROOT / "docs", folder)
    shutil.copytree(_ASSETS, folder / "assets")
    shutil.copy(_ROOT / "schema.graphql", folder)
    for name, staged in _FROM_ROOT.items():
        (folder / staged).write_text(_linked_from_docs((_ROOT / name).read_text()))
    for name, make_page in _GENERATED.items():
        (folder / name).write_text(make_page())
    pages = list(folder.rglob("*.md"))
    for page in pages:
        page.write_text(_with_staged_links(page.read_text()))
    shutil.copytree(folder, plain)
    for page in pages:
        page.write_text(with_tabs(with_python_and_node(page.read_text())))


def _linked_from_docs(markdown: str) -> str:
    """Links of a page outside `docs/` to pages in it, as they are from inside."""
    return re.sub(r"\]\((?:\.\./)*docs/", "](", markdown)


def _with_staged_links(markdown: str) -> str:
    """Links to the repository's root lead to where those files are staged."""
    for name, staged in _FROM_ROOT.items():
        markdown = re.sub(rf"\]\((?:\.\./)*{re.escape(name)}", f"]({staged}", markdown)
    return markdown.replace("](../schema.graphql", "](schema.graphql")
