"""The dashboard's links to the documentation lead to pages that exist."""

import re
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_LINK = re.compile(r'"/docs(?:/([\w-]+))?"')
# The site's build writes them from the API's description.
_GENERATED = {"rest-reference", "errors"}


def test_every_link_of_the_dashboard_to_the_documentation_has_its_page() -> None:
    sources = sorted((_ROOT / "dashboard" / "src").rglob("*.tsx"))
    linked = {name or "index" for one in sources for name in _LINK.findall(one.read_text())}
    pages = {page.stem for page in (_ROOT / "docs").glob("*.md")} | _GENERATED
    assert len(linked) > 5
    assert linked <= pages
